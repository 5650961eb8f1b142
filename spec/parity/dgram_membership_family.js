// the family is that of the group: an IPv6 socket may be a member of IPv4 groups, an IPv4 socket of none of IPv6
const dgram = require('dgram');
const { attempt } = require('./prelude');

const groups = ['239.1.2.3', 'ff02::1:3', '::ffff:239.1.2.3', 'nothing'];
const faces = ['127.0.0.1', '::%lo', 'nothing'];
const run = (type, after) => {
  const socket = dgram.createSocket(type);
  socket.bind(0, () => {
    for (const face of faces) attempt(`${type} setMulticastInterface ${face}`, () => socket.setMulticastInterface(face));
    for (const face of faces) {
      for (const group of groups) {
        attempt(`${type} add ${group} ${face}`, () => socket.addMembership(group, face));
        attempt('drop', () => socket.dropMembership(group, face));
      }
      for (const [source, group] of [['127.0.0.1', '232.1.1.1'], ['::1', 'ff31::1'], ['::1', '232.1.1.1'], ['127.0.0.1', 'ff31::1']]) {
        attempt(`${type} add ${source} ${group} ${face}`, () => socket.addSourceSpecificMembership(source, group, face));
        attempt('drop', () => socket.dropSourceSpecificMembership(source, group, face));
      }
    }
    socket.close(after);
  });
};
run('udp4', () => run('udp6'));
