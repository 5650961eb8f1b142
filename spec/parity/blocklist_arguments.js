// wrong arguments of a BlockList's methods
const net = require('net');
const { log, attempt } = require('./prelude');

const list = new net.BlockList();
for (const args of [[], [5], ['x'], [''], ['1.2.3.4', 5], ['1.2.3.4', 'ipv5'], ['1.2.3.4', 'ipv6'], ['::1', 'ipv4'], ['1.2.3.4/8']]) {
  attempt('addAddress', () => list.addAddress(...args));
}
for (const args of [[5], ['1.1.1.1'], ['1.1.1.1', 5], ['1.1.1.1', 'x'], ['1.1.1.1', '::1', 'ipv4'], ['1.1.1.1', '1.1.1.2', 'ipv6'], ['1.1.1.1', '1.1.1.2', 5]]) {
  attempt('addRange', () => list.addRange(...args));
}
for (const args of [['2.2.2.2', '1.1.1.1'], ['::2', '::1', 'ipv6'], ['1.1.1.256', '1.1.2.0']]) {
  try { list.addRange(...args); } catch (err) { log(err.name, err.code); }
}
for (const args of [[5], ['1.1.1.1'], ['1.1.1.1', '8'], ['1.1.1.1', 33], ['1.1.1.1', -1], ['1.1.1.1', 1.5], ['1.1.1.1', NaN], ['x', 8], ['::', 129, 'ipv6'], ['::', 33, 'ipv4']]) {
  attempt('addSubnet', () => list.addSubnet(...args));
}
for (const args of [[], [5], [true], ['1.2.3.4', 5]]) attempt('check', () => list.check(...args));
log(list.rules.length);
