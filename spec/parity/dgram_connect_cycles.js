// connect() and disconnect() in turns, what is sent in between, and what is refused in each state
const dgram = require('dgram');
const { attempt, log, mask } = require('./prelude');

const heard = (name) => (message) => log(name, 'heard', message);
const first = dgram.createSocket('udp4', heard('first')).bind(0, '127.0.0.1', () => {
  const second = dgram.createSocket('udp4', heard('second')).bind(0, '127.0.0.1', () => {
    mask(first.address().port, 'FIRST');
    mask(second.address().port, 'SECOND');
    const client = dgram.createSocket('udp4').on('connect', () => log('connect'));
    let rounds = 0;
    const round = () => {
      if (++rounds > 6) {
        attempt('disconnect', () => client.disconnect());
        return client.close(() => [first, second].forEach((socket) => socket.close()));
      }
      const target = rounds % 2 === 0 ? first : second;
      attempt('connect', () => client.connect(target.address().port, '127.0.0.1', (err) => {
        log('connected', err, client.remoteAddress().port);
        attempt('again', () => client.connect(9));
        target.once('message', () => {
          attempt('disconnect', () => client.disconnect());
          attempt('disconnect again', () => client.disconnect());
          attempt('remote', () => client.remoteAddress());
          attempt('send', () => client.send('x'));
          second.once('message', round);
          client.send('unconnected', second.address().port, '127.0.0.1');
        });
        client.send(`round ${rounds}`);
      }));
      attempt('while connecting', () => client.connect(9));
      attempt('disconnect while connecting', () => client.disconnect());
      attempt('remote while connecting', () => client.remoteAddress());
    };
    client.bind(0, '127.0.0.1', round);
  });
});
