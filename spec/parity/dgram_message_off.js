// a listener that is taken away in 'message' hears no more; what nobody hears is lost
const dgram = require('dgram');
const { log } = require('./prelude');

const server = dgram.createSocket('udp4');
const heard = (message) => {
  log('heard', message);
  server.off('message', heard);
};
const emit = server.emit;
server.emit = function(name, message, ...rest) {
  log('emit', name);
  const result = emit.call(this, name, message, ...rest);
  if (name === 'message' && message.toString() === 'b') server.on('message', (last) => {
    log('last', last);
    server.close();
  });
  return result;
};
server.on('message', heard);
server.bind(0, '127.0.0.1', () => {
  const client = dgram.createSocket('udp4');
  for (const message of ['a', 'b']) client.send(message, server.address().port, '127.0.0.1');
  client.send('c', server.address().port, '127.0.0.1', () => client.close());
});
