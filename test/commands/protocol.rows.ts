import { bulk, error, int, ok, simple } from '../rows/reply.ts';
import { closes, group, on, raw, scenario } from '../rows/row.ts';

export const protocol = group('protocol', [
  scenario('unknown commands', [
    ['NOSUCH', error("ERR unknown command 'NOSUCH', with args beginning with: ")],
    ['nosuch a', error("ERR unknown command 'nosuch', with args beginning with: 'a' ")],
    ['NOSUCH a b c', error("ERR unknown command 'NOSUCH', with args beginning with: 'a' 'b' 'c' ")],
    [
      'NOSUCH "with space" \'quo"te\' "it\'s"',
      error("ERR unknown command 'NOSUCH', with args beginning with: 'with space' 'quo\"te' 'it's' "),
    ],
    [
      'NOSUCH "a\\r\\nb" "\\x00\\xff"',
      error("ERR unknown command 'NOSUCH', with args beginning with: 'a  b' '' "),
    ],
    ['NOSUCH ""', error("ERR unknown command 'NOSUCH', with args beginning with: '' ")],
    ['""', error("ERR unknown command '', with args beginning with: ")],
    ['"" a', error("ERR unknown command '', with args beginning with: 'a' ")],
    ['"a b"', error("ERR unknown command 'a b', with args beginning with: ")],
    ['"no\\r\\nsuch"', error("ERR unknown command 'no  such', with args beginning with: ")],
    [
      'NOSUCH aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffffgggggggggghhhhhhhhhhiiiiiiiiiijjjjjjjjjjkkkkkkkkkkllllllllllmmmmmmmmmmnnnnnnnnnn',
      error(
        "ERR unknown command 'NOSUCH', with args beginning with: 'aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffffgggggggggghhhhhhhhhhiiiiiiiiiijjjjjjjjjjkkkkkkkkkkllllllllllmmmmmmmm' ",
      ),
    ],
    [
      'NOSUCH aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffff gggggggggghhhhhhhhhhiiiiiiiiiijjjjjjjjjjkkkkkkkkkkllllllllllmmmmmmmmmmnnnnnnnnnn oooooooooo',
      error(
        "ERR unknown command 'NOSUCH', with args beginning with: 'aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffff' 'gggggggggghhhhhhhhhhiiiiiiiiiijjjjjjjjjjkkkkkkkkkkllllllllllmmmmm' ",
      ),
    ],
    [
      'NOSUCH a b c d e f g h i j k l m n o p q r s t u v w x y z a b c d e f g h i j k l m n o p q r s t u v w x y z',
      error(
        "ERR unknown command 'NOSUCH', with args beginning with: 'a' 'b' 'c' 'd' 'e' 'f' 'g' 'h' 'i' 'j' 'k' 'l' 'm' 'n' 'o' 'p' 'q' 'r' 's' 't' 'u' 'v' 'w' 'x' 'y' 'z' 'a' 'b' 'c' 'd' 'e' 'f' ",
      ),
    ],
    [
      'aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffffgggggggggghhhhhhhhhhiiiiiiiiiijjjjjjjjjjkkkkkkkkkkllllllllllmmmmmmmmmmnnnnnnnnnn x',
      error(
        "ERR unknown command 'aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffffgggggggggghhhhhhhhhhiiiiiiiiiijjjjjjjjjjkkkkkkkkkkllllllllllmmmmmmmm', with args beginning with: 'x' ",
      ),
    ],
    ['GETX k', error("ERR unknown command 'GETX', with args beginning with: 'k' ")],
    ['GE k', error("ERR unknown command 'GE', with args beginning with: 'k' ")],
    ['PING', simple('PONG')],
  ]),
  scenario('HTTP without a header', [
    raw('GET / HTTP/1.1\r\n\r\n', error("ERR wrong number of arguments for 'get' command")),
    raw(
      'HEAD / HTTP/1.0\r\n\r\n',
      error("ERR unknown command 'HEAD', with args beginning with: '/' 'HTTP/1.0' "),
    ),
    ['PING', simple('PONG')],
  ]),
  scenario('HTTP: nothing is told, also not of what the same read has run', [
    closes(raw('SET a b\r\nGET / HTTP/1.1\r\nHost: localhost\r\nUser-Agent: x\r\n\r\n')),
    on('b', closes(raw('GET a\r\nPOST / HTTP/1.1\r\nSET a c\r\n'))),
    on('c', closes(raw('MULTI\r\nSET a c\r\nhost: x\r\nEXEC\r\n'))),
    on('d', ['GET a', bulk('b')]),
  ]),
  scenario('unknown subcommands', [
    ['CLIENT NOSUCH', error("ERR unknown subcommand 'NOSUCH'. Try CLIENT HELP.")],
    ['client nosuch x', error("ERR unknown subcommand 'nosuch'. Try CLIENT HELP.")],
    ['CONFIG FOO', error("ERR unknown subcommand 'FOO'. Try CONFIG HELP.")],
    ['OBJECT FOO', error("ERR unknown subcommand 'FOO'. Try OBJECT HELP.")],
    ['MEMORY FOO', error("ERR unknown subcommand 'FOO'. Try MEMORY HELP.")],
    ['COMMAND FOO', error("ERR unknown subcommand 'FOO'. Try COMMAND HELP.")],
    ['SLOWLOG FOO', error("ERR unknown subcommand 'FOO'. Try SLOWLOG HELP.")],
    ['LATENCY FOO', error("ERR unknown subcommand 'FOO'. Try LATENCY HELP.")],
    ['CLIENT ""', error("ERR unknown subcommand ''. Try CLIENT HELP.")],
    ['CLIENT "a\\r\\nb"', error("ERR unknown subcommand 'a  b'. Try CLIENT HELP.")],
    [
      'CLIENT aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffffgggggggggghhhhhhhhhhiiiiiiiiiijjjjjjjjjjkkkkkkkkkkllllllllllmmmmmmmmmmnnnnnnnnnn',
      error(
        "ERR unknown subcommand 'aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffffgggggggggghhhhhhhhhhiiiiiiiiiijjjjjjjjjjkkkkkkkkkkllllllllllmmmmmmmm'. Try CLIENT HELP.",
      ),
    ],
  ]),
  scenario('wrong number of arguments', [
    ['get', error("ERR wrong number of arguments for 'get' command")],
    ['GET a b', error("ERR wrong number of arguments for 'get' command")],
    ['Set k', error("ERR wrong number of arguments for 'set' command")],
    ['CLIENT', error("ERR wrong number of arguments for 'client' command")],
    ['client id x', error("ERR wrong number of arguments for 'client|id' command")],
    ['CLIENT SETNAME', error("ERR wrong number of arguments for 'client|setname' command")],
    ['CONFIG GET', error("ERR wrong number of arguments for 'config|get' command")],
    ['config set a', error("ERR wrong number of arguments for 'config|set' command")],
    ['OBJECT', error("ERR wrong number of arguments for 'object' command")],
    ['OBJECT ENCODING', error("ERR wrong number of arguments for 'object|encoding' command")],
  ]),
  scenario('inline commands', [
    raw('PING\r\n', simple('PONG')),
    raw('PING\n', simple('PONG')),
    raw('ping\r\n', simple('PONG')),
    raw('  PING  \r\n', simple('PONG')),
    raw('\x09PING\x09\r\n', simple('PONG')),
    raw('PING hello\r\n', bulk('hello')),
    raw("SET k 'a b'\r\n", ok),
    raw('GET k\r\n', bulk('a b')),
    raw('SET k "a\\x00\\n\\"b"\r\n', ok),
    raw('GET k\r\n', bulk('a\x00\n"b')),
    raw("SET k 'it\\'s \\n'\r\n", ok),
    raw('GET k\r\n', bulk("it's \\n")),
    raw('SET k ""\r\n', ok),
    raw('GET k\r\n', bulk('')),
    raw('SET k a"b"\r\n', ok),
    raw('GET k\r\n', bulk('ab')),
    raw('NOSUCH a\r\n', error("ERR unknown command 'NOSUCH', with args beginning with: 'a' ")),
    raw('"PING"\r\n', simple('PONG')),
    raw('ECHO \xff\xfe\r\n', bulk('\xff\xfe')),
    raw('GET k\rx\r\n', error("ERR wrong number of arguments for 'get' command")),
  ]),
  scenario('empty lines and empty arrays get no reply', [
    raw('\r\nPING\r\n', simple('PONG')),
    raw('\n\n\r\n  \r\nPING\r\n', simple('PONG')),
    raw('*0\r\nPING\r\n', simple('PONG')),
    raw('*-1\r\nPING\r\n', simple('PONG')),
    raw('*-10\r\n*1\r\n$4\r\nPING\r\n', simple('PONG')),
  ]),
  scenario('pipelines', [
    raw('PING\r\nPING\r\nPING\r\n', simple('PONG'), simple('PONG'), simple('PONG')),
    raw(
      '*1\r\n$4\r\nPING\r\nPING\r\n*2\r\n$4\r\nECHO\r\n$2\r\n\r\n\r\nPING\r\n',
      simple('PONG'),
      simple('PONG'),
      bulk('\r\n'),
      simple('PONG'),
    ),
    raw(
      '*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$1\r\nv\r\n*2\r\n$3\r\nGET\r\n$1\r\nk\r\n*2\r\n$3\r\nDEL\r\n$1\r\nk\r\n',
      ok,
      bulk('v'),
      int(1),
    ),
    raw(
      '*1\r\n$6\r\nNOSUCH\r\n*1\r\n$3\r\nGET\r\n*1\r\n$4\r\nPING\r\n',
      error("ERR unknown command 'NOSUCH', with args beginning with: "),
      error("ERR wrong number of arguments for 'get' command"),
      simple('PONG'),
    ),
  ]),
  scenario('unbalanced quotes', [
    closes(raw('SET k "abc\r\n', error('ERR Protocol error: unbalanced quotes in request'))),
  ]),
  scenario('unbalanced single quotes', [
    closes(raw("SET k 'abc\r\n", error('ERR Protocol error: unbalanced quotes in request'))),
  ]),
  scenario('a quote closed in mid-word', [
    closes(raw('SET k "abc"d\r\n', error('ERR Protocol error: unbalanced quotes in request'))),
  ]),
  scenario('invalid multibulk length: text', [
    closes(raw('*abc\r\n', error('ERR Protocol error: invalid multibulk length'))),
  ]),
  scenario('invalid multibulk length: empty', [
    closes(raw('*\r\n', error('ERR Protocol error: invalid multibulk length'))),
  ]),
  scenario('invalid multibulk length: too large', [
    closes(raw('*2147483648\r\n', error('ERR Protocol error: invalid multibulk length'))),
  ]),
  scenario('invalid multibulk length: space', [
    closes(raw('* 1\r\n', error('ERR Protocol error: invalid multibulk length'))),
  ]),
  scenario('invalid multibulk length: plus sign', [
    closes(raw('*+1\r\n', error('ERR Protocol error: invalid multibulk length'))),
  ]),
  scenario('invalid multibulk length: leading zero', [
    closes(raw('*01\r\n', error('ERR Protocol error: invalid multibulk length'))),
  ]),
  scenario('multibulk count just allowed', [
    raw('*1048576\r\n'),
    closes(raw('x\r\n', error("ERR Protocol error: expected '$', got 'x'"))),
  ]),
  scenario("expected '$': a letter", [
    closes(raw('*1\r\nxPING\r\n', error("ERR Protocol error: expected '$', got 'x'"))),
  ]),
  scenario("expected '$': an integer", [
    closes(raw('*2\r\n$4\r\nECHO\r\n:1\r\n', error("ERR Protocol error: expected '$', got ':'"))),
  ]),
  scenario("expected '$': a line feed", [
    closes(raw('*1\r\n\r\n', error("ERR Protocol error: expected '$', got ' '"))),
  ]),
  scenario("expected '$': a quote", [
    closes(raw("*1\r\n'4\r\n", error("ERR Protocol error: expected '$', got '''"))),
  ]),
  scenario('invalid bulk length: text', [
    closes(raw('*1\r\n$abc\r\n', error('ERR Protocol error: invalid bulk length'))),
  ]),
  scenario('invalid bulk length: negative', [
    closes(raw('*1\r\n$-1\r\n', error('ERR Protocol error: invalid bulk length'))),
  ]),
  scenario('invalid bulk length: empty', [
    closes(raw('*1\r\n$\r\n', error('ERR Protocol error: invalid bulk length'))),
  ]),
  scenario('invalid bulk length: above 512 MB', [
    closes(raw('*1\r\n$536870913\r\n', error('ERR Protocol error: invalid bulk length'))),
  ]),
  scenario('invalid bulk length: above 64 bits', [
    closes(raw('*1\r\n$99999999999999999999\r\n', error('ERR Protocol error: invalid bulk length'))),
  ]),
  scenario('invalid bulk length: leading zero', [
    closes(raw('*1\r\n$04\r\nPING\r\n', error('ERR Protocol error: invalid bulk length'))),
  ]),
  scenario('replies before a protocol error are sent', [
    closes(
      raw(
        'PING\r\n*2\r\n$4\r\nECHO\r\n$2\r\nhi\r\n*1\r\n:4\r\n',
        simple('PONG'),
        bulk('hi'),
        error("ERR Protocol error: expected '$', got ':'"),
      ),
    ),
  ]),
  scenario('commands after a protocol error are not run', [
    closes(
      raw(
        '*1\r\n$x\r\n*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$1\r\nv\r\n',
        error('ERR Protocol error: invalid bulk length'),
      ),
    ),
    on('b', ['EXISTS k', int(0)]),
  ]),
  scenario('the two bytes after a bulk string are not looked at', [
    raw('*2\r\n$4\r\nECHO\r\n$2\r\nhiXY*1\r\n$4\r\nPING\r\n', bulk('hi'), simple('PONG')),
    raw('*1\r\n$4\r\nPINGxx', simple('PONG')),
  ]),
  scenario(
    'unauthenticated multibulk length',
    [
      ['CONFIG SET requirepass secret', ok],
      on('b', closes(raw('*11\r\n', error('ERR Protocol error: unauthenticated multibulk length')))),
      on('c', closes(raw('*10\r\n$x\r\n', error('ERR Protocol error: invalid bulk length')))),
      on('d', closes(raw('*1\r\n$16385\r\n', error('ERR Protocol error: unauthenticated bulk length')))),
      on('e', raw('*1\r\n$16384\r\n$')),
    ],
    { protocol: 2, after: ["CONFIG SET requirepass ''"] },
  ),
]);
