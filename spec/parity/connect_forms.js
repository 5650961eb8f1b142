// the forms of connect's arguments all mean the same; each returns the socket
const net = require('net');
const { log, tmp } = require('./prelude');

const path = tmp('PIPE');
const check = (name, forms, after) => {
  let open = forms.length;
  for (const form of forms) {
    const socket = form();
    socket.on('connect', () => socket.end()).on('close', () => {
      open -= 1;
      if (open === 0) after();
    }).resume();
    log(name, socket, socket.connecting);
  }
};
const tcp = net.createServer((peer) => peer.resume()).listen(0, '127.0.0.1', () => {
  const port = tcp.address().port;
  check('tcp', [
    () => net.connect(port, '127.0.0.1'),
    () => net.connect(`${port}`, '127.0.0.1', () => log('callback')),
    () => net.createConnection({ port: port, host: '127.0.0.1' }),
    () => new net.Socket().connect(port, '127.0.0.1'),
    () => net.Socket().connect({ port: `${port}`, host: '127.0.0.1' }),
  ], () => tcp.close());
});
const unix = net.createServer((peer) => peer.resume());
tcp.on('close', () => unix.listen(path, () => {
  check('unix', [
    () => net.connect(path),
    () => net.createConnection({ path: path }),
    () => new net.Socket().connect({ path: path, port: 1 }),
  ], () => unix.close());
}));
