// SocketAddress: what it is made from, and what it shows
const net = require('net');
const { log, attempt } = require('./prelude');

const cases = [
  undefined, {}, { address: '1.2.3.4' }, { address: '2001:DB8:0::1', family: 'ipv6' }, { family: 'ipv6' }, { family: 'IPV6', port: 80 },
  { address: '1.2.3.4', port: 65535 }, { family: 'ipv6', flowlabel: 5 }, { address: 'fe80::1%lo', family: 'ipv6' },
  { address: '1.2.3.4', flowlabel: 7 }, { address: '::ffff:1.2.3.4', family: 'ipv6' },
];
for (const options of cases) {
  const made = new net.SocketAddress(options);
  log(made, made.address, made.family, made.port);
  log(made.toJSON());
}
for (const options of [
  5, 'x', { address: '::1' }, { address: '1.2.3.4', family: 'ipv6' }, { address: '127.1' }, { address: 'x' }, { address: 5 }, { address: '' },
  { family: 'ipv5' }, { family: 5 }, { port: -1 }, { port: 70000 }, { port: 1.5 }, { port: 'x' }, { flowlabel: 'x' }, { flowlabel: 1.5 },
]) attempt('SocketAddress', () => new net.SocketAddress(options));

const list = new net.BlockList();
const address = (text, port) => new net.SocketAddress({ address: text, family: net.isIPv6(text) ? 'ipv6' : 'ipv4', port });
list.addAddress(address('1.1.1.1', 80));
list.addRange(address('2.2.2.2', 5), address('2.2.2.4', 1));
list.addSubnet(address('2001:db8::1'), 32);
log(list.rules);
log(list.check(address('1.1.1.1')), list.check(address('2.2.2.3')), list.check(address('2001:db8::')), list.check(address('::1')));
log(net.SocketAddress.isSocketAddress ? 'function' : 'nil', net.SocketAddress.isSocketAddress(address('::1')), net.SocketAddress.isSocketAddress({}));
