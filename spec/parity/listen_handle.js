// listen(server): the second server takes over what the first one bound
const net = require('net');
const { log } = require('./prelude');

const first = net.createServer(() => log('connection at the first'));
first.listen(0, '127.0.0.1', () => {
  const port = first.address().port;
  const second = net.createServer((socket) => {
    log('connection at the second');
    socket.destroy();
    second.close((err) => log('closed', err));
  });
  log(second.listen(first, () => {
    log('listening', second.listening, second.address().port === port);
    net.connect(port, '127.0.0.1').resume();
  }) === second);
  log(second.listening);
});
