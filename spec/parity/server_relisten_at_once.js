// listen() directly after close(), before its 'close': allowed, both events come
const net = require('net');
const { log, trace } = require('./prelude');

const server = trace('server', net.createServer(), ['listening', 'close']);
server.listen(0, () => {
  server.close((err) => log('first closed', err, server.listening));
  server.listen(0, () => {
    log('second listening');
    server.close((err) => log('second closed', err, server.listening));
  });
  log('again', server.listening);
});
