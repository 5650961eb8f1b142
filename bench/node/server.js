// server.js - the benchmark's servers for Node: server.js MODE PORT [UPSTREAM-PORT]
'use strict';
const net = require('net');

const [mode, port, upstreamPort] = process.argv.slice(2);

const modes = {
  echo(socket) {
    socket.on('data', (data) => socket.write(data));
  },

  pipe(socket) {
    socket.pipe(socket);
  },

  lines(socket) {
    let rest = '';
    socket.setEncoding('latin1');
    socket.on('data', (data) => {
      data = rest + data;
      let from = 0;
      let newline = data.indexOf('\n');
      while (newline >= 0) {
        socket.write(data.slice(from, newline + 1), 'latin1');
        from = newline + 1;
        newline = data.indexOf('\n', from);
      }
      rest = data.slice(from);
    });
  },

  count(socket) {
    let bytes = 0;
    socket.on('data', (data) => { bytes += data.length; });
    socket.on('end', () => socket.end(String(bytes)));
  },

  proxy(socket) {
    const upstream = net.connect({ port: Number(upstreamPort), host: '127.0.0.1', noDelay: true });
    socket.pipe(upstream);
    upstream.pipe(socket);
    socket.on('error', () => upstream.destroy());
    upstream.on('error', () => socket.destroy());
  },
};

const options = { noDelay: true, allowHalfOpen: mode === 'count' }; // count answers after the peer's end
const server = net.createServer(options, modes[mode]);
server.listen(Number(port), '127.0.0.1', () => console.log(`port ${server.address().port}`));
