// setMulticastInterface(): an address of IPv4, with IPv6 "::%name"
const dgram = require('dgram');
const { attempt } = require('./prelude');

const four = dgram.createSocket('udp4');
four.bind(0, () => {
  for (const address of ['127.0.0.1', '0.0.0.0', 'nothing', '', 'localhost', '127.0.0.1 ', '203.0.113.1']) {
    attempt(`udp4 ${address}`, () => four.setMulticastInterface(address));
  }
  for (const address of [5, true, false]) attempt(`udp4 ${address}`, () => four.setMulticastInterface(address));
  attempt('nothing', () => four.setMulticastInterface());
  attempt('object', () => four.setMulticastInterface({}));
  four.close();
  attempt('closed', () => four.setMulticastInterface('127.0.0.1'));
  const six = dgram.createSocket('udp6');
  six.bind(0, () => {
    for (const address of ['::%lo', '::', 'nothing', '']) {
      attempt(`udp6 ${address}`, () => six.setMulticastInterface(address));
    }
    six.close();
  });
});
