// folders: made, listed, removed, in both forms
const fs = require('fs');
const { log, tmp, attempt } = require('./prelude');
const folder = tmp('folder');
fs.mkdirSync(folder);
process.chdir(folder);

attempt('mkdir', () => fs.mkdirSync('one'));
attempt('mkdir recursive', () => fs.mkdirSync('a/b/c', { recursive: true }));
attempt('mkdir there', () => fs.mkdirSync('a/b/c', { recursive: true }));
attempt('mkdir slashes', () => fs.mkdirSync('./a/b/d/e//', { recursive: true }));
attempt('mkdir dots', () => fs.mkdirSync('a/x/../y', { recursive: true }));
attempt('mkdir absolute', () => fs.mkdirSync(`${folder}/z/z`, { recursive: true }));
attempt('mkdir mode', () => fs.mkdirSync('mode', 0o700));
attempt('mkdir mode', () => fs.mkdirSync('modes/below', { mode: '700', recursive: true }));
attempt('mkdir other options', () => fs.mkdirSync('true', true));
for (const name of ['mode', 'modes', 'modes/below']) log(name, (fs.statSync(name).mode & 0o777).toString(8));
for (const name of ['a/file', 'a/b/file', 'a/B', 'a/b/c/1', 'a/b/c/2', 'a/.hidden', 'a/Ü']) fs.writeFileSync(name, name);
fs.symlinkSync('nowhere', 'a/link');

function kinds(entry) {
  return ['isFile', 'isDirectory', 'isSymbolicLink', 'isFIFO', 'isSocket', 'isCharacterDevice', 'isBlockDevice']
    .filter((name) => entry[name]()).join();
}
const show = (entry) => `${entry.path}|${entry.parentPath}|${entry.name}|${kinds(entry)}`;
log(fs.readdirSync('.'));
log(fs.readdirSync('one').length);
log(fs.readdirSync('a', 'hex'));
log(fs.readdirSync('a', 'base64'));
for (const entry of fs.readdirSync('a/', { withFileTypes: true })) log(show(entry));
log(fs.readdirSync('a', { recursive: true }));
log(fs.readdirSync('a/b/', { recursive: true }));
for (const entry of fs.readdirSync('a', { recursive: true, withFileTypes: true })) log(show(entry));
for (const name of ['null', 'zero']) log(name, kinds(fs.statSync('/dev/' + name)));

fs.mkdir('n/m', { recursive: true }, (err, first) => {
  log('mkdir', err, first);
  fs.mkdir('n/m', { recursive: true }, (err, first) => {
    log('mkdir', err, first);
    fs.mkdir('n/k', (err) => {
      log('mkdir', err);
      fs.readdir('n', (err, names) => {
        log('readdir', err, names);
        fs.readdir('n', { withFileTypes: true }, (err, entries) => {
          log('readdir', err, entries.map(show));
          fs.rmdir('n/k', (err) => {
            log('rmdir', err);
            fs.rm('n', { recursive: true }, (err) => {
              log('rm', err, fs.existsSync('n'));
              fs.rm('n', { force: true }, (err) => {
                log('rm force', err);
                fs.rm('a', (err) => {
                  log('rm', err, err.syscall, err.path);
                  rest();
                });
              });
            });
          });
        });
      });
    });
  });
});

function rest() {
  fs.symlinkSync('../a', 'one/out');
  attempt('rm folder', () => fs.rmSync('one'));
  attempt('rm folder', () => fs.rmSync('one', { force: true }));
  attempt('rm recursive', () => fs.rmSync('one', { recursive: true }));
  log(fs.existsSync('one'), fs.existsSync('a/b/file'));
  attempt('rm file', () => fs.rmSync('a/b/file'));
  attempt('rm link', () => fs.rmSync('a/link'));
  attempt('rm recursive file', () => fs.rmSync('a/file', { recursive: true }));
  attempt('rm again', () => fs.rmSync('a/file', { recursive: true, force: true, maxRetries: 2, retryDelay: 1 }));
  log(fs.readdirSync('a'));
  attempt('rmdir', () => fs.rmdirSync('true'));
  process.chdir('/');
  attempt('rm all', () => fs.rmSync(folder, { recursive: true }));
  log(fs.existsSync(folder));
}
