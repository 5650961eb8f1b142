// the option timeout starts the idle timer before connecting: a slow lookup is idleness too
const net = require('net');
const { log, trace } = require('./prelude');

const server = net.createServer((peer) => peer.resume());
server.listen(0, '127.0.0.1', () => {
  let answer;
  const lookup = (host, options, done) => { answer = done; };
  const options = { port: server.address().port, host: 'some.name', lookup: lookup, autoSelectFamily: false, timeout: 20 };
  const socket = net.connect(options);
  log(socket.timeout, socket.connecting);
  trace('socket', socket, ['connect', 'timeout', 'end', 'close']);
  socket.once('timeout', () => {
    log(socket.readyState, socket.timeout);
    socket.setTimeout(0);
    answer(null, '127.0.0.1', 4);
    socket.end();
  });
  socket.on('close', () => server.close());
});
