// createSocket(): what is a type and what is none
const dgram = require('dgram');
const { attempt } = require('./prelude');

for (const type of ['udp4', 'udp6']) {
  attempt(type, () => dgram.createSocket(type).type);
  attempt('options', () => dgram.createSocket({ type: type }).type);
  attempt('class', () => new dgram.Socket(type).type);
}
attempt('nothing', () => dgram.createSocket());
for (const type of ['udp', 'UDP4', 'udp4 ', '', 'tcp4', 4, true, false]) attempt(String(type), () => dgram.createSocket(type));
attempt('function', () => dgram.createSocket(() => {}));
attempt('no options', () => dgram.createSocket({}));
attempt('other options', () => dgram.createSocket({ family: 4, reuseAddr: true }));
attempt('type number', () => dgram.createSocket({ type: 4 }));
attempt('type word', () => dgram.createSocket({ type: 'unix_dgram' }));
attempt('type true', () => dgram.createSocket({ type: true }));
