// createSocket(): options that are refused, and in which order they are looked at
const dgram = require('dgram');
const { attempt } = require('./prelude');

const create = (label, options) => attempt(label, () => dgram.createSocket(options).type);

for (const name of ['recvBufferSize', 'sendBufferSize']) {
  for (const size of [0, 1, 4096, 4294967295, false]) create(`${name} ${size}`, { type: 'udp4', [name]: size });
  for (const size of [-1, 1.5, 4294967296]) create(`${name} ${size}`, { type: 'udp4', [name]: size });
  create(`${name} string`, { type: 'udp4', [name]: '4096' });
  create(`${name} true`, { type: 'udp4', [name]: true });
  create(`${name} object`, { type: 'udp4', [name]: {} });
}
create('lookup number', { type: 'udp4', lookup: 5 });
create('lookup string', { type: 'udp4', lookup: 'dns' });
create('lookup false', { type: 'udp4', lookup: false });
create('lookup object', { type: 'udp4', lookup: {} });
create('lookup', { type: 'udp4', lookup: () => {} });
create('sizes first', { type: 'udp', lookup: 5, recvBufferSize: -1, sendBufferSize: -2 });
create('sending second', { type: 'udp', lookup: 5, sendBufferSize: -2 });
create('lookup third', { type: 'udp', lookup: 5 });
create('type fourth', { type: 'udp', signal: 5 });
create('flags', { type: 'udp4', reuseAddr: 1, ipv6Only: 'yes', unknown: {} });
