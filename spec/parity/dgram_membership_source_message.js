// of a group that is joined for one source, only what comes from there is heard
const dgram = require('dgram');
const { log } = require('./prelude');

const member = dgram.createSocket('udp4');
const here = dgram.createSocket('udp4');
const there = dgram.createSocket('udp4');
member.on('message', (message, info) => {
  log('member', message, info.address);
  for (const each of [member, here, there]) each.close();
});
member.bind(0, () => here.bind(0, '127.0.0.1', () => there.bind(0, '127.0.0.2', () => {
  const port = member.address().port;
  member.addSourceSpecificMembership('127.0.0.2', '232.1.1.1', '127.0.0.1');
  here.setMulticastInterface('127.0.0.1');
  there.setMulticastInterface('127.0.0.1');
  here.send('from here', port, '232.1.1.1', (err, bytes) => {
    log('sent', err, bytes);
    there.send('from there', port, '232.1.1.1', (second, size) => log('sent', second, size));
  });
})));
