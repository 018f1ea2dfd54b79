/** What hovers are made of. */

import type { RootExposure } from '../../exposure/exposure.ts';
import type { SecurityGroupModel } from '../../model/security-group-model.ts';
import type { Span } from '../../source/span.ts';
import type { Configuration } from '../../terraform/instances/configuration.ts';
import type { Markup } from './markup.ts';

export interface HoverSource {
  readonly models: readonly SecurityGroupModel[];
  /** Of the models, in the same order. */
  readonly exposures: readonly RootExposure[];
  readonly configurations: readonly Configuration[];
  readonly markup: Markup;
  /** A place as a link can lead to it. */
  readonly linkTo: (span: Span) => string;
}
