/** What hovers are made of. */

import type { SecurityModel } from '../model/security-model.ts';
import type { Span } from '../source/span.ts';
import type { Configuration } from '../terraform/instances/configuration.ts';
import type { Markup } from './markup.ts';

export interface HoverSource {
  readonly models: readonly SecurityModel[];
  readonly configurations: readonly Configuration[];
  readonly markup: Markup;
  /** A place as a link can lead to it. */
  readonly linkTo: (span: Span) => string;
}
