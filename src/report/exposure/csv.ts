/** The exposures of services as comma-separated values, for auditors. */

import { type ExposedService, type ServiceExposure, servicesOn } from '../../exposure/exposure.ts';
import { describeWhen } from '../../findings/when.ts';
import { placeInTree } from '../../model/place.ts';
import { hasPorts, type Protocol, parseProtocol } from '../../network/protocol.ts';
import { serviceNamesOf } from '../../network/services.ts';
import { protocolsOf, valuesOf } from '../../network/traffic.ts';
import { positionAt } from '../../source/position.ts';
import { SENSITIVE } from '../../text/sensitive.ts';
import { escapeControls, type SafeText, safeLines } from '../escape.ts';
import { chainText } from './rows.ts';
import type { ExposureLook, ShownExposures, ShownRoot } from './shown.ts';
import { rootName } from './words.ts';

const columns = [
  'root',
  'environment',
  'service',
  'kind',
  'type',
  'groups',
  'family',
  'protocol',
  'from_port',
  'to_port',
  'names',
  'answer',
  'hops',
  'chain',
  'because',
  'when',
  'file',
  'line',
] as const;

type Row = Readonly<Record<(typeof columns)[number], string | number>>;

/** A header, and a line for each service, family, protocol and interval of ports, whatever the answer. RFC 4180, with line feeds. */
export function renderExposureCsv({ roots }: ShownExposures, look: ExposureLook): SafeText {
  const rows = roots.flatMap((root) =>
    root.exposure.services.flatMap((service) =>
      service.exposures.flatMap((exposure) =>
        protocolsOf(exposure.traffic).map((protocol) => rowOf(root, service, exposure, protocol, look)),
      ),
    ),
  );
  const lines = rows.map((row) => columns.map((column) => fieldOf(row[column])).join(','));
  return safeLines([columns.join(','), ...lines].map(escapeControls));
}

function rowOf(
  root: ShownRoot,
  service: ExposedService,
  { family, traffic, answer, hops, path, because, when = [] }: ServiceExposure,
  protocol: Protocol,
  look: ExposureLook,
): Row {
  const span = placeInTree(service.span, service.calls);
  const isHidden = traffic.isSensitive === true;
  const ports = protocol !== 'all' && hasPorts(protocol) ? valuesOf(traffic, protocol)[0] : undefined;
  const shown = <T>(value: T): T | typeof SENSITIVE => (isHidden ? SENSITIVE : value);
  return {
    root: rootName(root, look),
    environment: root.exposure.environment ?? '',
    service: service.address,
    kind: service.kind,
    type: service.type,
    groups: service.groups.join(' '),
    family,
    protocol: shown(parseProtocol(protocol).canonical),
    from_port: shown(ports?.first ?? ''),
    to_port: shown(ports?.last ?? ''),
    names: serviceNamesOf(traffic),
    answer,
    hops: hops ?? '',
    chain: answer === 'no' ? '' : chainText({ chain: servicesOn(path), service }, ' > '),
    because: because.join('; '),
    when: describeWhen(when),
    file: look.shownPath(span.file.path),
    line: positionAt(span.file, span.start).line,
  };
}

/** In quotes where it needs them. What a spreadsheet takes for a formula begins with an apostrophe: https://owasp.org/www-community/attacks/CSV_Injection */
function fieldOf(value: string | number): string {
  const text = String(value).replace(/^[=+\-@\t\r]/, "'$&");
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
