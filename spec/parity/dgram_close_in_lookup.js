// close() while a name is looked up for bind() or connect(): 'close' alone, the answer is too late
const dgram = require('dgram');
const { log, trace } = require('./prelude');

const lookup = (host, family, done) => {
  if (host !== 'some.name') return process.nextTick(done, null, host, family);
  setImmediate(() => {
    log('answer');
    done(null, '127.0.0.1', 4);
  });
};
const first = trace('first', dgram.createSocket({ type: 'udp4', lookup: lookup }), ['listening', 'error', 'close']);
first.bind(0, 'some.name', () => log('never'));
first.close();
const second = trace('second', dgram.createSocket({ type: 'udp4', lookup: lookup }), ['listening', 'connect', 'error', 'close']);
second.bind(0, '127.0.0.1', () => {
  second.connect(1, 'some.name', () => log('never'));
  second.close();
});
