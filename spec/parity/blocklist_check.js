// what rules of one family say of addresses of the other, and of addresses that are written otherwise
const net = require('net');
const { log } = require('./prelude');

const rules = [
  ['addAddress', '1.2.3.4'], ['addAddress', '::ffff:1.2.3.4', 'ipv6'], ['addAddress', '2001:DB8:0::1', 'ipv6'],
  ['addAddress', 'fe80::1%lo', 'ipv6'],
  ['addRange', '1.2.3.0', '1.2.3.9'], ['addRange', '1.2.3.4', '1.2.3.4'], ['addRange', '::', 'ffff::', 'ipv6'],
  ['addRange', '::ffff:1.2.3.0', '::ffff:1.2.3.9', 'ipv6'], ['addRange', '::ffff:1.2.3.0', '::1:0:0:0', 'ipv6'],
  ['addSubnet', '1.2.3.77', 24], ['addSubnet', '1.2.3.4', 32], ['addSubnet', '1.2.3.4', 31], ['addSubnet', '9.9.9.9', 0],
  ['addSubnet', '1.2.2.1', 23], ['addSubnet', '::', 0, 'ipv6'], ['addSubnet', '::', 64, 'ipv6'], ['addSubnet', '2001:db8::', 32, 'ipv6'],
  ['addSubnet', '::ffff:0:0', 96, 'ipv6'], ['addSubnet', '::ffff:1.2.3.0', 120, 'ipv6'], ['addSubnet', '::ffff:1.2.3.4', 128, 'ipv6'],
  ['addSubnet', 'fe80::', 10, 'ipv6'],
];
const addresses = [
  ['1.2.3.4'], ['::ffff:1.2.3.4', 'ipv6'], ['::FFFF:102:304', 'ipv6'], ['1.2.3.5'], ['1.2.4.4'], ['::1', 'ipv6'],
  ['2001:db8::1', 'ipv6'], ['2001:0db8:0000::0001', 'ipv6'], ['fe80::1', 'ipv6'], ['fe80::1%lo', 'ipv6'], ['febf::', 'ipv6'], ['fec0::', 'ipv6'],
];
for (const [method, ...args] of rules) {
  const list = new net.BlockList();
  list[method](...args);
  log(list.rules[0], addresses.map((address) => (list.check(...address) ? 1 : 0)).join(''));
}
const list = new net.BlockList();
log(list.rules.length, list.check('1.2.3.4'));
for (const [method, ...args] of rules) list[method](...args);
log(addresses.map((address) => list.check(...address)));
log(list.rules);
for (const [address, family] of [['x'], [''], ['1.2.3'], ['::1', 'ipv4'], ['1.2.3.4', 'ipv6'], ['1.2.3.4', 'ipv5'], ['1.2.3.4', 'IPv4']]) {
  log('check', list.check(address, family));
}
