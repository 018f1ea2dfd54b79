/** Standards as SARIF's taxonomies. */

import { type Requirements, type Standard, standards } from '../../findings/standards.ts';

/** The standards that some checks look for, each with its requirements that they do. */
export class Taxonomies {
  readonly #standards: readonly Standard[];

  /** @param requirements of all rules */
  constructor(requirements: readonly Requirements[]) {
    const named = new Set(requirements.map(({ standard }) => standard));
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
   * Of a rule; reportingDescriptorRelationships. They are `relevant` and no more, for a requirement may be about some of the ports, or one
   * address family.
   *
   * Source: section 3.53 of the standard
   */
  relationshipsOf(requirements: readonly Requirements[]): readonly object[] {
    return this.taxaOf(requirements).map((target) => ({ target, kinds: ['relevant'] }));
  }

  /**
   * Of a result of the rule, since relationships that are no more than `relevant` tell nothing of results; reportingDescriptorReferences.
   *
   * Source: section 3.27.8 of the standard
   */
  taxaOf(requirements: readonly Requirements[]): readonly object[] {
    return requirements.flatMap(({ standard, ids }) =>
      ids.map((id) => ({
        id,
        index: Object.keys(standard.requirements).indexOf(id),
        toolComponent: this.#reference(standard),
      })),
    );
  }

  #reference(standard: Standard): object {
    return { name: standard.name, index: this.#standards.indexOf(standard) };
  }
}
