// the encodings of write() and end(): what arrives, in hex
const net = require('net');
const { log } = require('./prelude');

let heard = '';
const server = net.createServer((peer) => peer.setEncoding('hex').on('data', (chunk) => { heard += chunk; }));
const writes = [
  ['é€😀', 'utf8'], ['é€', 'utf-8'], ['é', 'UTF8'], ['aé', 'latin1'], ['é', 'binary'], ['aé', 'ascii'],
  ['4a4B', 'hex'], ['4a4b4', 'hex'], ['4azz4b', 'hex'],
  ['aGVsbG8=', 'base64'], ['aGVsbG8', 'base64'], ['_-8', 'base64'], ['a G\nV', 'base64'],
  ['_-8', 'base64url'], ['/+8=', 'base64url'],
  ['aé€', 'utf16le'], ['😀', 'ucs2'], ['a', 'utf-16le'], ['a', 'UCS-2'],
];
const run = () => {
  const data = writes.shift();
  if (data === undefined) return server.close();
  const socket = net.connect(server.address().port, '127.0.0.1');
  heard = '';
  socket.write(data[0], data[1]);
  socket.end(data[0], data[1]);
  log(data);
  socket.on('close', () => {
    log(heard);
    run();
  });
};
server.listen(0, '127.0.0.1', () => run());
