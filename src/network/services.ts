/** Well-known ports, and how serious their exposure is. */

import { formatCount, formatList, withRestCounted } from '../text/count.ts';
import { nearestName } from '../text/nearest-name.ts';
import { difference, type Interval, intersection } from './interval.ts';
import { ALL_PORTS, formatPorts, numberOfPorts, type PortSet, type PortSpec, parsePortSpec } from './ports.ts';
import { TCP as TCP_NUMBER, type Transport, UDP as UDP_NUMBER } from './protocol.ts';
import { type Traffic, valuesOf } from './traffic.ts';

/**
 * - `admin`: whoever gets in has the machine
 * - `data`: databases, caches, search and queues
 * - `internal`: meant for machines of one network
 * - `other`: all the rest, named for messages alone
 */
export type ServiceClass = 'admin' | 'data' | 'internal' | 'other';

/** A service and the ports that it has by default. */
export interface Service {
  readonly class: ServiceClass;
  readonly name: string;
  readonly ports: Interval;
  readonly transports: readonly Transport[];
  /** Where the ports are written down. */
  readonly source: string;
}

const IANA = 'https://www.iana.org/assignments/service-names-port-numbers/service-names-port-numbers.xhtml';
const SECURITY_HUB = 'https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-19';
const CASSANDRA = 'https://docs.datastax.com/en/cassandra-oss/3.x/cassandra/configuration/secureFireWall.html';
const CLICKHOUSE = 'https://clickhouse.com/docs/guides/sre/network-ports';
const CONSUL = 'https://developer.hashicorp.com/consul/docs/install/ports';
const ELASTICSEARCH = 'https://www.elastic.co/guide/en/elasticsearch/reference/current/modules-network.html';
const HDFS = 'https://hadoop.apache.org/docs/stable/hadoop-project-dist/hadoop-hdfs/hdfs-default.xml';
const HDFS_2 = 'https://hadoop.apache.org/docs/r2.10.2/hadoop-project-dist/hadoop-hdfs/hdfs-default.xml';
const KAFKA = 'https://kafka.apache.org/documentation/';
const KUBERNETES = 'https://kubernetes.io/docs/reference/networking/ports-and-protocols/';
const MONGODB = 'https://www.mongodb.com/docs/manual/reference/default-mongodb-port/';
const MSK = 'https://docs.aws.amazon.com/msk/latest/developerguide/port-info.html';
const NOMAD = 'https://developer.hashicorp.com/nomad/docs/configuration';
const ORACLE =
  'https://docs.oracle.com/en/database/oracle/oracle-database/19/ladbi/oracle-database-component-port-numbers-and-protocols.html';
const RABBITMQ = 'https://www.rabbitmq.com/docs/networking';
const REGULA = 'https://github.com/fugue/regula';
const SALT = 'https://docs.saltproject.io/en/latest/topics/tutorials/firewall.html';
const TIGERVNC = 'https://tigervnc.org/doc/vncviewer.html';
const VNC = 'https://www.rfc-editor.org/rfc/rfc6143';

const TCP: readonly Transport[] = ['tcp'];
const UDP: readonly Transport[] = ['udp'];
const BOTH: readonly Transport[] = ['tcp', 'udp'];

/** Ascending within each class; no port of a transport has two services. */
export const SERVICES: readonly Service[] = [
  row('admin', 22, TCP, 'SSH', IANA),
  row('admin', 23, TCP, 'Telnet', IANA),
  row('admin', 512, TCP, 'rexec', IANA),
  row('admin', 513, TCP, 'rlogin', IANA),
  row('admin', 514, TCP, 'rsh', IANA),
  row('admin', 2222, TCP, 'alternative SSH', 'https://docs.linuxserver.io/images/docker-openssh-server/'),
  row('admin', 3389, BOTH, 'RDP', IANA),
  row('admin', 5500, TCP, 'VNC listener', TIGERVNC),
  row('admin', [5900, 5909], TCP, 'VNC', VNC),
  row('admin', 5985, TCP, 'WinRM', IANA),
  row('admin', 5986, TCP, 'WinRM over TLS', IANA),
  row('admin', 10000, TCP, 'Webmin', 'https://webmin.com/docs/modules/webmin-servers-index'),

  row('data', 1433, TCP, 'SQL Server', IANA),
  row('data', 1434, BOTH, 'SQL Server Browser', IANA),
  row('data', [1521, 1522], TCP, 'Oracle', ORACLE),
  row('data', 1883, TCP, 'MQTT', IANA),
  row('data', 2181, TCP, 'ZooKeeper', MSK),
  row('data', 2383, TCP, 'SQL Server Analysis Services', IANA),
  row('data', 2483, BOTH, 'Oracle', IANA),
  row('data', 2484, BOTH, 'Oracle over TLS', IANA),
  row('data', 3306, TCP, 'MySQL', IANA),
  row('data', 4222, TCP, 'NATS', 'https://docs.nats.io/running-a-nats-service/configuration'),
  row('data', 5432, TCP, 'PostgreSQL', IANA),
  row('data', 5439, TCP, 'Redshift', 'https://docs.aws.amazon.com/redshift/latest/APIReference/API_CreateCluster.html'),
  row('data', 5601, TCP, 'Kibana', SECURITY_HUB),
  row('data', 5671, TCP, 'RabbitMQ over TLS', RABBITMQ),
  row('data', 5672, TCP, 'RabbitMQ', RABBITMQ),
  row('data', 5984, TCP, 'CouchDB', IANA),
  row('data', 6379, TCP, 'Redis', IANA),
  row('data', [7000, 7001], TCP, 'Cassandra', CASSANDRA),
  row('data', 7199, TCP, 'Cassandra JMX', CASSANDRA),
  row('data', 7474, TCP, 'Neo4j', IANA),
  row('data', 7687, TCP, 'Neo4j Bolt', IANA),
  row('data', 8020, TCP, 'HDFS', HDFS),
  row('data', 8086, TCP, 'InfluxDB', 'https://docs.influxdata.com/influxdb/v1/administration/ports/'),
  row('data', 8123, TCP, 'ClickHouse HTTP', CLICKHOUSE),
  row(
    'data',
    8983,
    TCP,
    'Solr',
    'https://solr.apache.org/guide/solr/latest/deployment-guide/taking-solr-to-production.html',
  ),
  row('data', 9000, TCP, 'ClickHouse', CLICKHOUSE),
  row('data', 9042, TCP, 'Cassandra', CASSANDRA),
  row('data', 9092, TCP, 'Kafka', KAFKA),
  row('data', 9094, TCP, 'Kafka over TLS', MSK),
  row('data', 9160, TCP, 'Cassandra Thrift', CASSANDRA),
  row('data', 9200, TCP, 'Elasticsearch', ELASTICSEARCH),
  row('data', 9300, TCP, 'Elasticsearch nodes', ELASTICSEARCH),
  row('data', 11211, BOTH, 'Memcached', IANA),
  row('data', [11214, 11215], TCP, 'Memcached over TLS', REGULA),
  row('data', 15672, TCP, 'RabbitMQ management', RABBITMQ),
  row('data', [27017, 27019], TCP, 'MongoDB', MONGODB),
  row('data', 28017, TCP, 'MongoDB status page', 'https://www.mongodb.com/docs/v3.4/reference/default-mongodb-port/'),
  row('data', 33060, TCP, 'MySQL X Protocol', IANA),
  row('data', 50000, TCP, 'Db2', 'https://www.ibm.com/support/pages/db2-db2-server-tcpip-port-numbers'),
  row('data', 50070, TCP, 'HDFS NameNode', HDFS_2),

  row('internal', [20, 21], TCP, 'FTP', IANA),
  row('internal', 69, UDP, 'TFTP', IANA),
  row('internal', 88, BOTH, 'Kerberos', IANA),
  row('internal', 111, BOTH, 'portmapper', IANA),
  row('internal', 135, BOTH, 'Windows RPC', IANA),
  row('internal', [137, 139], BOTH, 'NetBIOS', IANA),
  row('internal', 161, UDP, 'SNMP', IANA),
  row('internal', 389, BOTH, 'LDAP', IANA),
  row('internal', 445, BOTH, 'SMB', IANA),
  row('internal', 464, BOTH, 'Kerberos password change', IANA),
  row('internal', 636, TCP, 'LDAPS', IANA),
  row('internal', 749, BOTH, 'Kerberos administration', IANA),
  row('internal', 873, TCP, 'rsync', IANA),
  row('internal', 1080, TCP, 'SOCKS proxy', IANA),
  row('internal', [1812, 1813], BOTH, 'RADIUS', IANA),
  row('internal', 2049, BOTH, 'NFS', IANA),
  row('internal', 2375, TCP, 'Docker', IANA),
  row('internal', 2376, TCP, 'Docker over TLS', IANA),
  row('internal', [2379, 2380], TCP, 'etcd', IANA),
  row('internal', 3000, TCP, 'Grafana', 'https://grafana.com/docs/grafana/latest/setup-grafana/configure-grafana/'),
  row('internal', 3100, TCP, 'Loki', 'https://grafana.com/docs/loki/latest/configure/'),
  row('internal', 3128, TCP, 'HTTP proxy', 'https://wiki.squid-cache.org/SquidFaq/ConfiguringSquid'),
  row('internal', 4040, TCP, 'Spark or Pyroscope', 'https://spark.apache.org/docs/latest/monitoring.html'),
  row('internal', [4317, 4318], TCP, 'OpenTelemetry', 'https://opentelemetry.io/docs/specs/otlp/'),
  row('internal', [4505, 4506], TCP, 'Salt', SALT),
  row('internal', [4646, 4647], TCP, 'Nomad', NOMAD),
  row('internal', 4648, BOTH, 'Nomad', NOMAD),
  row('internal', 5000, TCP, 'container registry', 'https://distribution.github.io/distribution/about/deploying/'),
  row('internal', 5044, TCP, 'Logstash', 'https://www.elastic.co/docs/reference/logstash/plugins/plugins-inputs-beats'),
  row('internal', 6443, TCP, 'Kubernetes API', KUBERNETES),
  row('internal', 7077, TCP, 'Spark', 'https://spark.apache.org/docs/latest/security.html'),
  row('internal', 8140, TCP, 'Puppet', IANA),
  row('internal', 8200, TCP, 'Vault', 'https://developer.hashicorp.com/vault/docs/configuration/listener/tcp'),
  row('internal', 8201, TCP, 'Vault cluster', 'https://developer.hashicorp.com/vault/docs/configuration/listener/tcp'),
  row('internal', 8300, TCP, 'Consul', CONSUL),
  row('internal', [8301, 8302], BOTH, 'Consul', CONSUL),
  row('internal', 8500, TCP, 'Consul', CONSUL),
  row('internal', 8600, BOTH, 'Consul DNS', CONSUL),
  row('internal', 8888, TCP, 'Jupyter', 'https://manpages.debian.org/testing/jupyter-server/jupyter-server.1.en.html'),
  row('internal', 9090, TCP, 'Prometheus', 'https://prometheus.io/docs/introduction/first_steps/'),
  row('internal', 9091, TCP, 'Pushgateway', 'https://prometheus.io/docs/instrumenting/pushing/'),
  row('internal', 9093, TCP, 'Alertmanager or Kafka', 'https://prometheus.io/docs/alerting/latest/configuration/'),
  row('internal', 9100, TCP, 'node exporter', 'https://prometheus.io/docs/guides/node-exporter/'),
  row('internal', 9411, TCP, 'Zipkin', 'https://zipkin.io/pages/quickstart'),
  row('internal', [10050, 10051], TCP, 'Zabbix', IANA),
  row('internal', 10250, TCP, 'kubelet', KUBERNETES),
  row(
    'internal',
    10255,
    TCP,
    'kubelet, read-only',
    'https://kubernetes.io/docs/reference/command-line-tools-reference/kubelet/',
  ),
  row('internal', 16686, TCP, 'Jaeger', 'https://www.jaegertracing.io/docs/latest/getting-started/'),

  row('other', 25, TCP, 'SMTP', IANA),
  row('other', 53, BOTH, 'DNS', IANA),
  row('other', 80, TCP, 'HTTP', IANA),
  row('other', 110, TCP, 'POP3', IANA),
  row('other', 123, UDP, 'NTP', IANA),
  row('other', 143, TCP, 'IMAP', IANA),
  row('other', 443, BOTH, 'HTTPS', IANA),
  row('other', 465, TCP, 'SMTP submission over TLS', IANA),
  row('other', 500, UDP, 'IKE', IANA),
  row('other', 514, UDP, 'syslog', IANA),
  row('other', 587, TCP, 'SMTP submission', IANA),
  row('other', 853, BOTH, 'DNS over TLS', IANA),
  row('other', 993, TCP, 'IMAP over TLS', IANA),
  row('other', 995, TCP, 'POP3 over TLS', IANA),
  row('other', 1194, BOTH, 'OpenVPN', IANA),
  row('other', 4500, UDP, 'IPsec NAT traversal', IANA),
  row('other', 8080, TCP, 'alternative HTTP', IANA),
  row('other', 8443, TCP, 'alternative HTTPS', 'https://tomcat.apache.org/tomcat-10.1-doc/ssl-howto.html'),
  row('other', 8883, TCP, 'MQTT over TLS', IANA),
  row('other', 51820, UDP, 'WireGuard', 'https://www.wireguard.com/quickstart/'),
];

/**
 * Around the alternative ports of HTTP (8000, 8008 and 8080 at IANA), where applications number their own upwards: a range of these
 * alone says nothing of the few other services with ports among them.
 */
export const WEB_APPLICATION_PORTS: PortSet = [{ first: 8000, last: 8199 }];

const CLASSES: readonly ServiceClass[] = ['admin', 'data', 'internal', 'other'];

/** The services of a class as a ports option writes them: `"22/tcp"`, `3389`, `"5900-5909/tcp"`. */
export function portSpecsOfClass(serviceClass: ServiceClass): readonly (number | string)[] {
  return SERVICES.filter((service) => service.class === serviceClass).map(({ ports, transports }) => {
    const text = formatPorts([ports]);
    if (transports.length === 1) return `${text}/${transports[0]}`;
    return ports.first === ports.last ? ports.first : text;
  });
}

/**
 * What configurations call a service, or each of two that share a port: `sql-server-browser`, `spark` and `pyroscope`. Services of one name are several
 * rows: RabbitMQ is two ports.
 */
export function keywordsOf({ name }: Service): readonly string[] {
  return name.split(' or ').map((each) =>
    each
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, ''),
  );
}

/** The ports of all services that have a keyword; empty for an unknown one. */
function portsNamed(keyword: string): readonly PortSpec[] {
  return SERVICES.filter((service) => keywordsOf(service).includes(keyword)).flatMap(({ ports, transports }) =>
    transports.map((protocol): PortSpec => ({ kind: 'ports', ports, protocol })),
  );
}

/** Reads one entry of an option as parsePortSpec does, or the name of services: `ssh`; `message` is a whole sentence. */
export function readPorts(
  entry: number | string,
):
  | { readonly kind: 'ports'; readonly specs: readonly PortSpec[] }
  | { readonly kind: 'invalid'; readonly message: string; readonly hint?: string } {
  if (typeof entry === 'number' || !/^[a-z]/i.test(entry)) {
    const spec = parsePortSpec(entry);
    return spec.kind === 'ports' ? { kind: 'ports', specs: [spec] } : spec;
  }
  const specs = portsNamed(entry.toLowerCase());
  if (specs.length > 0) return { kind: 'ports', specs };
  const message = `${JSON.stringify(entry)} is not the name of a service, a port (80) or a range (8000-8010).`;
  const nearest = nearestName(entry, new Set(SERVICES.flatMap(keywordsOf)));
  return { kind: 'invalid', message, ...(nearest !== undefined && { hint: `Did you mean "${nearest}"?` }) };
}

/** The services of which a port is in the set, the gravest class first, then ascending. */
export function servicesIn(ports: PortSet, transport: Transport): readonly Service[] {
  const found = SERVICES.filter(
    ({ transports, ports: own }) =>
      transports.includes(transport) && ports.some(({ first, last }) => first <= own.last && own.first <= last),
  );
  return found.sort((a, b) => CLASSES.indexOf(a.class) - CLASSES.indexOf(b.class) || a.ports.first - b.ports.first);
}

/** Services that are named in one text; more are counted. */
const NAMED = 4;

/** Names of the services that some traffic reaches, the gravest first; empty for none, and where it is every port, or sensitive. */
export function serviceNamesOf(traffic: Traffic): string {
  if (traffic.isSensitive === true) return '';
  const transports = [
    ['tcp', TCP_NUMBER],
    ['udp', UDP_NUMBER],
  ] as const;
  const found = transports.flatMap(([transport, number]) => {
    const ports = valuesOf(traffic, number);
    return formatPorts(ports) === '0-65535' ? [] : servicesIn(ports, transport).map(({ name }) => name);
  });
  return formatList(withRestCounted([...new Set(found)], NAMED, 'service'));
}

/**
 * The ports of a transport with their services' names: `22 SSH, 8000-8010`, or the gravest and a count where there are more than
 * `limit` to name: `22 SSH, 3306 MySQL, 6379 Redis and 5,017 more ports`. `all ports` for all.
 */
export function describePorts(ports: PortSet, transport: Transport, limit = 3): string {
  if (numberOfPorts(ports) === numberOfPorts(ALL_PORTS)) return 'all ports';
  const named = servicesIn(ports, transport).map(({ name, ports: all }) => ({
    name,
    ports: intersection(ports, [all]),
  }));
  const rest = named.reduce<PortSet>((left, service) => difference(left, service.ports), ports);
  if (named.length + rest.length <= limit) {
    const unnamed = rest.map((interval) => ({ name: '', ports: [interval] }));
    return [...named, ...unnamed]
      .sort((a, b) => a.ports[0]!.first - b.ports[0]!.first)
      .map(describe)
      .join(', ');
  }
  if (named.length === 0) {
    const shown = ports.slice(0, limit);
    return `${formatPorts(shown)} and ${more(numberOfPorts(ports) - numberOfPorts(shown))}`;
  }
  const shown = named.slice(0, limit);
  const count = shown.reduce((left, service) => left - numberOfPorts(service.ports), numberOfPorts(ports));
  return `${shown.map(describe).join(', ')} and ${more(count)}`;
}

function describe(service: { readonly name: string; readonly ports: PortSet }): string {
  return `${formatPorts(service.ports)} ${service.name}`.trim();
}

function more(count: number): string {
  return formatCount(count, 'more port');
}

function row(
  serviceClass: ServiceClass,
  ports: number | readonly [first: number, last: number],
  transports: readonly Transport[],
  name: string,
  source: string,
): Service {
  const [first, last] = typeof ports === 'number' ? [ports, ports] : ports;
  return { class: serviceClass, name, ports: { first, last }, transports, source };
}
