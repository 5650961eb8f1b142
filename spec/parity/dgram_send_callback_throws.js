// a callback of send() that throws: uncaught, the next ones run and the messages arrive
const dgram = require('dgram');
const { log } = require('./prelude');

const messages = [];
const server = dgram.createSocket('udp4', (message) => {
  messages.push(message.toString());
  if (messages.length < 3) return;
  server.close();
  log('messages', messages);
});
process.on('uncaughtException', (err) => log('uncaught', err));
server.bind(0, '127.0.0.1', () => {
  const client = dgram.createSocket('udp4');
  for (const message of ['a', 'b', 'c']) {
    client.send(message, server.address().port, '127.0.0.1', () => {
      log('sent', message);
      if (message === 'c') client.close();
      throw new Error(`callback of ${message}`);
    });
  }
});
