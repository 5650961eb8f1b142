// ticks that ask for ticks: the callback of a send() comes between them, not behind them all
const dgram = require('dgram');
const { log } = require('./prelude');

let messages = 0;
const server = dgram.createSocket('udp4', () => {
  messages += 1;
  if (messages === 2) server.close();
});
server.bind(0, '127.0.0.1', () => {
  const client = dgram.createSocket('udp4');
  const run = (label, after) => {
    let n = 0;
    const tick = () => {
      log(label, 'tick', n);
      n += 1;
      if (n < 5) process.nextTick(tick);
    };
    process.nextTick(tick);
    client.send('x', server.address().port, '127.0.0.1', (err, bytes) => {
      log(label, 'sent', err, bytes);
      after();
    });
  };
  client.bind(0, '127.0.0.1', () => {
    run('in a tick', () => setImmediate(() => run('in an immediate', () => client.close())));
  });
});
