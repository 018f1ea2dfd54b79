/** Standards as SARIF's taxonomies. */

import { requirementsOf, type Standard, standards } from '../../findings/standards.ts';

/** The standards that some checks look for, each with its requirements that they do. */
export class Taxonomies {
  readonly #standards: readonly Standard[];

  /** @param checks ids */
  constructor(checks: readonly string[]) {
    const named = new Set(checks.flatMap((check) => requirementsOf(check).map(({ standard }) => standard)));
    this.#standards = standards.filter((standard) => named.has(standard));
  }

  /** Of the run; toolComponents. */
  all(): readonly object[] {
    return this.#standards.map(({ name, version, organization, uri, requirements }) => ({
      name,
      version,
      organization,
      informationUri: uri,
      shortDescription: { text: `The requirements of ${name} ${version} that tfsg looks for.` },
      isComprehensive: false,
      taxa: Object.entries(requirements).map(([id, text]) => ({ id, shortDescription: { text } })),
    }));
  }

  /** Of the driver; toolComponentReferences. */
  references(): readonly object[] {
    return this.#standards.map((standard) => this.#reference(standard));
  }

  /**
   * Of a rule; reportingDescriptorRelationships. Each result belongs to what is `superset` of its rule.
   *
   * Source: sections 3.27.8 and 3.53 of the standard
   */
  relationshipsOf(check: string): readonly object[] {
    return requirementsOf(check).flatMap(({ standard, ids, isPartly }) =>
      ids.map((id) => ({
        target: { id, index: Object.keys(standard.requirements).indexOf(id), toolComponent: this.#reference(standard) },
        kinds: [isPartly === true ? 'relevant' : 'superset'],
      })),
    );
  }

  #reference(standard: Standard): object {
    return { name: standard.name, index: this.#standards.indexOf(standard) };
  }
}
