// messages come in the order of the sends, each with its ticks before the next one
const dgram = require('dgram');
const { log } = require('./prelude');

const n = 20;
const server = dgram.createSocket('udp4', (message) => {
  log('message', message);
  process.nextTick(() => log('tick of', message));
  if (message.toString() === String(n)) server.close();
});
server.bind(0, '127.0.0.1', () => {
  const client = dgram.createSocket('udp4');
  for (let i = 1; i <= n; i++) client.send(String(i), server.address().port, '127.0.0.1', i === n ? () => client.close() : undefined);
});
