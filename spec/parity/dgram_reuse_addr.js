// reuseAddr shares a port, when all have it
const dgram = require('dgram');
const { log, mask, trace } = require('./prelude');

const first = dgram.createSocket({ type: 'udp4', reuseAddr: true });
first.bind(0, '127.0.0.1', () => {
  const port = first.address().port;
  mask(port, 'PORT');
  const second = dgram.createSocket({ type: 'udp4', reuseAddr: true });
  const third = trace('third', dgram.createSocket({ type: 'udp4', reuseAddr: false }), ['listening', 'error', 'close']);
  second.bind(port, '127.0.0.1', () => {
    log('second', second.address());
    third.on('error', () => {
      third.close();
      second.close();
      first.close();
    });
    third.bind(port, '127.0.0.1');
  });
});
