// a socket whose emit() is the script's own: messages pass through it, as long as it is there
const dgram = require('dgram');
const { log } = require('./prelude');

const server = dgram.createSocket('udp4');
const emit = server.emit;
server.emit = function(event, ...args) {
  log('emit', event, args.length, String(args[0] === undefined ? '' : args[0]));
  if (event === 'message' && args[0].toString() === 'hidden') return true;
  const heard = emit.call(this, event, ...args);
  log(event, heard);
  return heard;
};
server.on('message', (message, info) => {
  log('message', message, info.size);
  if (message.toString() === 'plain') delete server.emit;
  if (message.toString() === 'last') server.close(() => log('closed'));
});
server.bind(0, '127.0.0.1', () => {
  const client = dgram.createSocket('udp4');
  const texts = ['a', 'hidden', 'b', 'plain', 'c', 'last'];
  const next = () => {
    if (texts.length === 0) return client.close();
    client.send(texts.shift(), next);
  };
  client.connect(server.address().port, '127.0.0.1', next);
});
