// abort() while bind() waits: 'close' alone
const dgram = require('dgram');
const { attempt, log, trace } = require('./prelude');

const controller = new AbortController();
const socket = trace('socket', dgram.createSocket({ type: 'udp4', signal: controller.signal }), ['listening', 'error', 'close']);
socket.bind(0, () => log('never'));
process.nextTick(() => log('tick'));
controller.abort(new Error('a reason'));
attempt('address', () => socket.address());
