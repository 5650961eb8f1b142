// a message to a group reaches its members, with setMulticastLoopback(false) nobody here
const dgram = require('dgram');
const { log } = require('./prelude');

const member = dgram.createSocket('udp4');
const other = dgram.createSocket('udp4');
member.on('message', (message, info) => {
  log('member', message, info.address);
  if (message.toString() === 'direct') {
    member.close();
    other.close();
  }
});
other.on('message', (message) => log('other', message));
member.bind(0, () => other.bind(0, () => {
  const port = member.address().port;
  member.addMembership('239.1.2.3', '127.0.0.1');
  other.setMulticastInterface('127.0.0.1');
  other.send('to the group', port, '239.1.2.3', (err, bytes) => {
    log('sent', err, bytes);
    member.dropMembership('239.1.2.3', '127.0.0.1');
    other.send('nobody there', port, '239.1.2.4', () => other.send('direct', port, '127.0.0.1'));
  });
}));
