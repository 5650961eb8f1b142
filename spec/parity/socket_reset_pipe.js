// resetAndDestroy() on a Unix socket throws and changes nothing; without any connection it is an 'error'
const net = require('net');
const { log, attempt, tmp, trace } = require('./prelude');

const path = tmp('PIPE');
const server = net.createServer((peer) => peer.resume());
server.listen(path, () => {
  const socket = trace('socket', net.connect(path), ['end', 'error', 'close']);
  socket.on('connect', () => {
    attempt('reset', () => socket.resetAndDestroy());
    log(socket.destroyed, socket.readyState);
    socket.end();
  });
  socket.on('close', () => server.close());
});
const fresh = new net.Socket();
fresh.on('error', (err) => log('fresh error', err, err.code));
fresh.on('close', () => log('fresh close'));
attempt('fresh reset', () => fresh.resetAndDestroy());
log(fresh.destroyed);
