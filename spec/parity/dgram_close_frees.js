// close() frees the port at once
const dgram = require('dgram');
const { log, mask, trace } = require('./prelude');

const first = trace('first', dgram.createSocket('udp4'), ['close']);
first.bind(0, '127.0.0.1', () => {
  const port = first.address().port;
  mask(port, 'PORT');
  const second = trace('second', dgram.createSocket('udp4'), ['listening', 'error', 'close']);
  first.close();
  second.bind(port, '127.0.0.1', () => {
    log(second.address());
    second.close();
  });
});
