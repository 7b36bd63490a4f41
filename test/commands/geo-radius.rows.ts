import { array, bulk, double, error, int, ok, pairs } from '../rows/reply.ts';
import { group, scenario } from '../rows/row.ts';

export const geoRadius = group('geo: radius', [
  scenario('GEORADIUS and GEORADIUS_RO', [
    [
      'GEOADD Sicily 13.361389 38.115556 Palermo 15.087269 37.502669 Catania 13.583333 37.316667 Agrigento',
      int(3),
    ],
    ['GEORADIUS Sicily 15 37 200 km ASC', array(bulk('Catania'), bulk('Agrigento'), bulk('Palermo'))],
    ['GEORADIUS Sicily 15 37 200 km DESC', array(bulk('Palermo'), bulk('Agrigento'), bulk('Catania'))],
    ['GEORADIUS Sicily 15 37 200 km', array(bulk('Agrigento'), bulk('Palermo'), bulk('Catania'))],
    [
      'GEORADIUS Sicily 15 37 100 mi withdist',
      array(array(bulk('Agrigento'), bulk('81.0416')), array(bulk('Catania'), bulk('35.0711'))),
    ],
    [
      'GEORADIUS Sicily 15 37 200 km WITHDIST WITHCOORD WITHHASH ASC',
      array(
        array(
          bulk('Catania'),
          bulk('56.4413'),
          int(3479447370796909),
          array(double('15.08726745843887329'), double('37.50266842333162032')),
        ),
        array(
          bulk('Agrigento'),
          bulk('130.4235'),
          int(3479030013248308),
          array(double('13.5833314061164856'), double('37.31666804993816555')),
        ),
        array(
          bulk('Palermo'),
          bulk('190.4424'),
          int(3479099956230698),
          array(double('13.36138933897018433'), double('38.11555639549629859')),
        ),
      ),
    ],
    [
      'GEORADIUS Sicily 15 37 200 km WITHCOORD DESC',
      array(
        array(bulk('Palermo'), array(double('13.36138933897018433'), double('38.11555639549629859'))),
        array(bulk('Agrigento'), array(double('13.5833314061164856'), double('37.31666804993816555'))),
        array(bulk('Catania'), array(double('15.08726745843887329'), double('37.50266842333162032'))),
      ),
    ],
    [
      'GEORADIUS Sicily 15 37 200 km WITHHASH COUNT 2',
      array(array(bulk('Catania'), int(3479447370796909)), array(bulk('Agrigento'), int(3479030013248308))),
    ],
    ['GEORADIUS Sicily 15 37 200 km COUNT 1 DESC', array(bulk('Palermo'))],
    ['GEORADIUS Sicily 15 37 200 km COUNT 1 ANY', array(bulk('Agrigento'))],
    [
      'GEORADIUS Sicily 15 37 200 km ANY COUNT 10 ASC',
      array(bulk('Catania'), bulk('Agrigento'), bulk('Palermo')),
    ],
    [
      'GEORADIUS Sicily 15 37 200 km COUNT 9223372036854775807',
      array(bulk('Catania'), bulk('Agrigento'), bulk('Palermo')),
    ],
    ['GEORADIUS Sicily 15 37 0 m', array()],
    ['GEORADIUS Sicily 15 37 1 m', array()],
    [
      'GEORADIUS_RO Sicily 15 37 200 km ASC WITHDIST',
      array(
        array(bulk('Catania'), bulk('56.4413')),
        array(bulk('Agrigento'), bulk('130.4235')),
        array(bulk('Palermo'), bulk('190.4424')),
      ),
    ],
    ['GEORADIUS missing 15 37 200 km', array()],
    ['GEORADIUS_RO missing 15 37 200 km', array()],
  ]),
  scenario('GEORADIUS: what is refused', [
    [
      'GEOADD Sicily 13.361389 38.115556 Palermo 15.087269 37.502669 Catania 13.583333 37.316667 Agrigento',
      int(3),
    ],
    ['GEORADIUS Sicily 15 37 abc km', error('ERR need numeric radius')],
    ['GEORADIUS Sicily 15 37 -1 km', error('ERR radius cannot be negative')],
    ['GEORADIUS Sicily 15 37 -1 xx', error('ERR radius cannot be negative')],
    ['GEORADIUS Sicily 15 37 1 xx', error('ERR unsupported unit provided. please use M, KM, FT, MI')],
    ['GEORADIUS Sicily 15 97 200 km', error('ERR invalid longitude,latitude pair 15.000000,97.000000')],
    ['GEORADIUS Sicily x 97 200 km', error('ERR value is not a valid float')],
    ['GEORADIUS missing 15 97 200 km', error('ERR invalid longitude,latitude pair 15.000000,97.000000')],
    ['GEORADIUS missing 15 37 abc km', error('ERR need numeric radius')],
    ['GEORADIUS Sicily 15 37 200 km ANY', error('ERR the ANY argument requires COUNT argument')],
    ['GEORADIUS Sicily 15 37 200 km COUNT', error('ERR syntax error')],
    ['GEORADIUS Sicily 15 37 200 km COUNT 0', error('ERR COUNT must be > 0')],
    ['GEORADIUS Sicily 15 37 200 km COUNT -1', error('ERR COUNT must be > 0')],
    ['GEORADIUS Sicily 15 37 200 km COUNT abc', error('ERR value is not an integer or out of range')],
    [
      'GEORADIUS Sicily 15 37 200 km COUNT 9223372036854775808',
      error('ERR value is not an integer or out of range'),
    ],
    ['GEORADIUS Sicily 15 37 200 km FOO', error('ERR syntax error')],
    ['GEORADIUS Sicily 15 37 200 km STORE', error('ERR syntax error')],
    [
      'GEORADIUS Sicily 15 37 200 km WITHDIST STORE x',
      error('ERR STORE option in GEORADIUS is not compatible with WITHDIST, WITHHASH and WITHCOORD options'),
    ],
    [
      'GEORADIUS Sicily 15 37 200 km STOREDIST x WITHCOORD',
      error('ERR STORE option in GEORADIUS is not compatible with WITHDIST, WITHHASH and WITHCOORD options'),
    ],
    ['GEORADIUS Sicily 15 37 200 km BYRADIUS 1 m', error('ERR syntax error')],
    ['GEORADIUS_RO Sicily 15 37 200 km STORE x', error('ERR syntax error')],
    ['GEORADIUS_RO Sicily 15 37 200 km STOREDIST x', error('ERR syntax error')],
    ['GEORADIUS Sicily 15 37 200', error("ERR wrong number of arguments for 'georadius' command")],
    ['GEORADIUS_RO Sicily 15 37 200', error("ERR wrong number of arguments for 'georadius_ro' command")],
    ['EXISTS x', int(0)],
  ]),
  scenario('GEORADIUSBYMEMBER and GEORADIUSBYMEMBER_RO', [
    [
      'GEOADD Sicily 13.361389 38.115556 Palermo 15.087269 37.502669 Catania 13.583333 37.316667 Agrigento',
      int(3),
    ],
    ['GEORADIUSBYMEMBER Sicily Agrigento 100 km', array(bulk('Agrigento'), bulk('Palermo'))],
    [
      'GEORADIUSBYMEMBER Sicily Agrigento 100 km WITHDIST DESC',
      array(array(bulk('Palermo'), bulk('90.9778')), array(bulk('Agrigento'), bulk('0.0000'))),
    ],
    [
      'GEORADIUSBYMEMBER_RO Sicily Catania 200 km DESC',
      array(bulk('Palermo'), bulk('Agrigento'), bulk('Catania')),
    ],
    ['GEORADIUSBYMEMBER_RO Sicily Catania 200 km STORE x', error('ERR syntax error')],
    ['GEORADIUSBYMEMBER Sicily nosuch 100 km', error('ERR could not decode requested zset member')],
    ['GEORADIUSBYMEMBER Sicily Agrigento abc km', error('ERR need numeric radius')],
    ['GEORADIUSBYMEMBER Sicily Agrigento -1 km', error('ERR radius cannot be negative')],
    [
      'GEORADIUSBYMEMBER Sicily Agrigento 1 x',
      error('ERR unsupported unit provided. please use M, KM, FT, MI'),
    ],
    ['GEORADIUSBYMEMBER missing nosuch abc xx', array()],
    ['GEORADIUSBYMEMBER missing nosuch abc xx COUNT', error('ERR syntax error')],
    ['GEORADIUSBYMEMBER missing nosuch abc xx STORE', error('ERR syntax error')],
    ['GEORADIUSBYMEMBER missing nosuch abc xx STORE to', int(0)],
    [
      'GEORADIUSBYMEMBER Sicily Agrigento 100',
      error("ERR wrong number of arguments for 'georadiusbymember' command"),
    ],
  ]),
  scenario('STORE and STOREDIST of GEORADIUS and GEORADIUSBYMEMBER', [
    [
      'GEOADD Sicily 13.361389 38.115556 Palermo 15.087269 37.502669 Catania 13.583333 37.316667 Agrigento',
      int(3),
    ],
    ['GEORADIUS Sicily 15 37 200 km STORE a', int(3)],
    [
      'ZRANGE a 0 -1 WITHSCORES',
      pairs(
        [bulk('Agrigento'), double('3479030013248308')],
        [bulk('Palermo'), double('3479099956230698')],
        [bulk('Catania'), double('3479447370796909')],
      ),
    ],
    ['GEORADIUS Sicily 15 37 200 km STORE a STOREDIST b', int(3)],
    ['EXISTS a', int(1)],
    [
      'ZRANGE b 0 -1 WITHSCORES',
      pairs(
        [bulk('Catania'), double('56.441257870158204')],
        [bulk('Agrigento'), double('130.42348706714702')],
        [bulk('Palermo'), double('190.44242984775784')],
      ),
    ],
    ['GEORADIUS Sicily 15 37 200 km STOREDIST b STORE b', int(3)],
    [
      'ZRANGE b 0 -1 WITHSCORES',
      pairs(
        [bulk('Agrigento'), double('3479030013248308')],
        [bulk('Palermo'), double('3479099956230698')],
        [bulk('Catania'), double('3479447370796909')],
      ),
    ],
    ['GEORADIUSBYMEMBER Sicily Palermo 100 km STOREDIST b COUNT 1', int(1)],
    ['ZRANGE b 0 -1 WITHSCORES', pairs([bulk('Palermo'), double('0')])],
    ['EXPIRE b 100', int(1)],
    ['GEORADIUSBYMEMBER Sicily Palermo 200 km COUNT 1 DESC STORE b', int(1)],
    ['TTL b', int(-1)],
    ['GEOHASH b Catania', array(bulk('sqdtr74hyu0'))],
    ['GEORADIUS Sicily 0 0 1 m STORE b', int(0)],
    ['EXISTS b', int(0)],
    ['SET b v', ok],
    ['GEORADIUS missing 0 0 1 m STORE b', int(0)],
    ['EXISTS b', int(0)],
    ['GEORADIUS Sicily 15 37 200 km STORE Sicily COUNT 2', int(2)],
    ['ZRANGE Sicily 0 -1', array(bulk('Agrigento'), bulk('Catania'))],
  ]),
]);
