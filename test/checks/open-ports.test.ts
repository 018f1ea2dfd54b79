/** How messages name open ports. */

import { expect, test } from '@jest/globals';
import { describeOpenPorts } from '../../src/checks/shared/open-ports.ts';
import { type PortSpec, parsePortSpec } from '../../src/network/ports.ts';
import { TRANSPORT_NUMBER } from '../../src/network/protocol.ts';
import { trafficOfValues, unionOfTraffic } from '../../src/network/traffic.ts';

const traffic = (...entries: readonly string[]) =>
  unionOfTraffic(
    entries.map((entry) => {
      const { ports, protocol } = parsePortSpec(entry) as PortSpec;
      return trafficOfValues(TRANSPORT_NUMBER[protocol ?? 'tcp'], [ports]);
    }),
  );

test.each([
  [['22/tcp'], 'SSH (22/tcp)'],
  [['5901-5903/tcp'], 'VNC (5901-5903/tcp)'],
  [['8081/tcp'], 'port 8081/tcp'],
  [['40000-40010/udp'], 'ports 40000-40010/udp'],
  [['22/tcp', '3389/tcp'], 'SSH (22/tcp) and RDP (3389/tcp)'],
  [['22/tcp', '53/udp', '8081/tcp'], 'SSH (22/tcp), port 8081/tcp and DNS (53/udp)'],
  [['4984/tcp', '8091/tcp', '9191/tcp'], 'ports 4984, 8091, 9191/tcp'],
  [['8300-8302/tcp'], 'Consul (8300-8302/tcp)'],
  [['20-25/tcp'], 'ports 20-25/tcp (22 SSH, 23 Telnet, 20-21 FTP and 2 more ports)'],
  [['22-23/tcp'], 'ports 22-23/tcp (22 SSH, 23 Telnet)'],
  [['22-5040/tcp'], 'ports 22-5040/tcp (22 SSH, 1433 SQL Server, 88 Kerberos and 5,016 more ports)'],
  [['8000-8100/tcp'], 'ports 8000-8100/tcp (8020 HDFS, 8086 InfluxDB, 8080 alternative HTTP and 98 more ports)'],
  [['1-65535/tcp'], 'all TCP ports'],
  [['0-65535/tcp', '0-65535/udp'], 'all TCP ports and all UDP ports'],
  [['1-2/tcp', '4/tcp', '6/tcp', '8-9/tcp', '11/tcp'], 'ports 1-2, 4, 6/tcp and 3 more ports (tcp)'],
])('%j: %s', (entries, text) => {
  expect(describeOpenPorts(traffic(...entries))).toBe(text);
});
