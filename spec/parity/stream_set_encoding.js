// setEncoding: characters and groups that are split over chunks wait for their rest
const net = require('net');
const { log } = require('./prelude');

const cases = [
  ['utf8', '61e2', '82', 'ac62', 'f09f', '9880', 'c3a9'], ['UTF-8', 'c3', 'a9'],
  ['utf16le', '61', '00e9', '00ac20', '3dd8', '00de6200'], ['ucs2', '3dd8', '00de'],
  ['hex', '00', 'ff10', '4a'], ['latin1', 'e9', '61ff'], ['binary', 'e9'], ['ascii', '61', 'e962'],
  ['base64', '61', '6263', '64', '656667', '68'], ['base64', 'fbff', 'fe'],
  ['base64url', 'fbff', 'fe61'], ['base64url', 'ff', 'ff'],
];
const parts = [];
const server = net.createServer((peer) => {
  const send = () => {
    const part = parts.shift();
    if (part === undefined) return peer.end();
    peer.write(part, 'hex', () => setTimeout(() => setTimeout(send, 2), 2));
  };
  peer.once('data', send);
});
const run = () => {
  const job = cases.shift();
  if (job === undefined) return server.close();
  for (const part of job) parts.push(part);
  const socket = net.connect(server.address().port, '127.0.0.1');
  log(socket.setEncoding(parts.shift()), socket.readableEncoding);
  socket.on('data', (chunk) => log('data', chunk));
  socket.on('close', () => run());
  socket.on('connect', () => socket.write('go'));
};
server.listen(0, '127.0.0.1', () => run());
