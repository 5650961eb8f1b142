// a message to a name that is being looked up is overtaken by one to an address
const dgram = require('dgram');
const { log } = require('./prelude');

const lookup = (host, family, done) => {
  if (host !== 'some.name') return process.nextTick(done, null, host, family);
  setImmediate(done, null, '127.0.0.1', 4);
};
const server = dgram.createSocket('udp4', (message) => {
  log('message', message);
  if (message.toString() === 'to a name') server.close();
});
server.bind(0, '127.0.0.1', () => {
  const port = server.address().port;
  const client = dgram.createSocket({ type: 'udp4', lookup: lookup });
  client.bind(0, '127.0.0.1', () => {
    client.send('to a name', port, 'some.name', () => {
      log('sent to a name');
      client.close();
    });
    client.send('to an address', port, '127.0.0.1', () => log('sent to an address'));
  });
});
