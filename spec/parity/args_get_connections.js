// getConnections() wants a function; close() takes anything
const net = require('net');
const { attempt, log } = require('./prelude');

const server = net.createServer();
attempt('nothing', () => server.getConnections());
attempt('number', () => server.getConnections(5));
attempt('string', () => server.getConnections('a string that is longer than twenty-eight characters'));
attempt('object', () => server.getConnections({}));
attempt('server', () => server.getConnections(server));
server.listen(0, () => {
  attempt('close', () => server.close(5));
  server.on('close', () => log('closed'));
});
