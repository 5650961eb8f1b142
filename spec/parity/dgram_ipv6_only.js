// ipv6Only leaves the port of IPv4 to others; without it, it is taken
const dgram = require('dgram');
const { log } = require('./prelude');

const run = (only, after) => {
  const six = dgram.createSocket({ type: 'udp6', ipv6Only: only });
  six.bind(0, '::', () => {
    const four = dgram.createSocket('udp4');
    const end = () => four.close(() => six.close(after));
    four.on('error', (err) => {
      log(only, err.code, err.syscall, err.address);
      end();
    });
    four.on('listening', () => {
      log(only, four.address().address, four.address().port === six.address().port);
      end();
    });
    four.bind(six.address().port);
  });
};
run(true, () => run(false, () => log('done')));
