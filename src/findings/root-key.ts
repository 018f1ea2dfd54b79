/** A root module in one environment. */
interface RootCase {
  readonly root: string;
  readonly environment?: string | null | undefined;
}

/** The same text for the same root module and environment. */
export const rootKey = ({ root, environment }: RootCase): string => `${root}\n${environment ?? ''}`;
