// Open Unix sockets. Whoever looks for web views searches here for `@webview_devtools_remote_…`, of which there is none.
const sockets = ['/dev/socket/zygote', '/dev/socket/adbd', '/dev/socket/logdw', '@jdwp-control'];

/** Files of the system that tools read. */
export const systemFiles: Readonly<Record<string, string>> = {
  '/proc/net/unix': [
    'Num       RefCount Protocol Flags    Type St Inode Path\n',
    ...sockets.map((path, at) => `0000000000000000: 00000002 00000000 00010000 0001 01 ${20_481 + at} ${path}\n`),
  ].join(''),
};
