// the ways to make a server; a listener that is not a function is ignored
const net = require('net');
const { log } = require('./prelude');

const listener = () => {};
log(net.createServer().listenerCount('connection'));
log(net.createServer(listener).listenerCount('connection'));
log(net.createServer({}).listenerCount('connection'));
log(net.createServer({}, listener).listenerCount('connection'));
log(net.createServer(undefined, listener).listenerCount('connection'));
log(net.createServer({}, 5).listenerCount('connection'));
log(new net.Server().listenerCount('connection'));
log(new net.Server(listener).listeners('connection')[0] === listener);
const server = new net.Server({ allowHalfOpen: true, pauseOnConnect: true }, listener);
log(server.listenerCount('connection'), server.listening, server.maxConnections, server.eventNames());
