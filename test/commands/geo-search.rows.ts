import { array, bulk, double, error, int, ok, pairs } from '../rows/reply.ts';
import { group, scenario } from '../rows/row.ts';

export const geoSearch = group('geo: search', [
  scenario('GEOSEARCH by radius', [
    [
      'GEOADD Sicily 13.361389 38.115556 Palermo 15.087269 37.502669 Catania 13.583333 37.316667 Agrigento',
      int(3),
    ],
    [
      'GEOSEARCH Sicily FROMLONLAT 15 37 BYRADIUS 200 km ASC',
      array(bulk('Catania'), bulk('Agrigento'), bulk('Palermo')),
    ],
    [
      'GEOSEARCH Sicily BYRADIUS 200 km FROMLONLAT 15 37 DESC WITHDIST WITHCOORD WITHHASH',
      array(
        array(
          bulk('Palermo'),
          bulk('190.4424'),
          int(3479099956230698),
          array(double('13.36138933897018433'), double('38.11555639549629859')),
        ),
        array(
          bulk('Agrigento'),
          bulk('130.4235'),
          int(3479030013248308),
          array(double('13.5833314061164856'), double('37.31666804993816555')),
        ),
        array(
          bulk('Catania'),
          bulk('56.4413'),
          int(3479447370796909),
          array(double('15.08726745843887329'), double('37.50266842333162032')),
        ),
      ),
    ],
    [
      'GEOSEARCH Sicily FROMMEMBER Catania BYRADIUS 200 km ASC WITHDIST',
      array(
        array(bulk('Catania'), bulk('0.0000')),
        array(bulk('Agrigento'), bulk('134.4697')),
        array(bulk('Palermo'), bulk('166.2742')),
      ),
    ],
    [
      'GEOSEARCH Sicily frommember Palermo byradius 1 m withhash',
      array(array(bulk('Palermo'), int(3479099956230698))),
    ],
    [
      'GEOSEARCH Sicily FROMMEMBER Palermo FROMMEMBER Catania BYRADIUS 1 m BYRADIUS 2 m',
      array(bulk('Catania')),
    ],
    ['GEOSEARCH Sicily FROMLONLAT 1 1 FROMLONLAT 15 37 BYRADIUS 200 km COUNT 1', array(bulk('Catania'))],
    [
      'GEOSEARCH Sicily FROMLONLAT 15 37 BYRADIUS 200 km COUNT 2 ANY',
      array(bulk('Agrigento'), bulk('Palermo')),
    ],
    [
      'GEOSEARCH Sicily FROMLONLAT 15 37 BYRADIUS 200 km COUNT 2 ANY DESC',
      array(bulk('Palermo'), bulk('Agrigento')),
    ],
    [
      'GEOSEARCH Sicily FROMLONLAT 15 37 BYRADIUS inf km ASC',
      array(bulk('Catania'), bulk('Agrigento'), bulk('Palermo')),
    ],
    [
      'GEOSEARCH Sicily FROMLONLAT 15 37 BYRADIUS 1e308 km ASC',
      array(bulk('Catania'), bulk('Agrigento'), bulk('Palermo')),
    ],
    ['GEOSEARCH Sicily FROMLONLAT 15 37 BYRADIUS 0 km', array()],
    ['GEOSEARCH missing FROMLONLAT 15 37 BYRADIUS 200 km', array()],
    ['GEOSEARCH missing FROMMEMBER nosuch BYRADIUS 1 m', array()],
  ]),
  scenario('GEOSEARCH by box', [
    [
      'GEOADD Sicily 13.361389 38.115556 Palermo 15.087269 37.502669 Catania 13.583333 37.316667 Agrigento',
      int(3),
    ],
    [
      'GEOSEARCH Sicily FROMLONLAT 15 37 BYBOX 400 400 km ASC WITHCOORD WITHDIST',
      array(
        array(
          bulk('Catania'),
          bulk('56.4413'),
          array(double('15.08726745843887329'), double('37.50266842333162032')),
        ),
        array(
          bulk('Agrigento'),
          bulk('130.4235'),
          array(double('13.5833314061164856'), double('37.31666804993816555')),
        ),
        array(
          bulk('Palermo'),
          bulk('190.4424'),
          array(double('13.36138933897018433'), double('38.11555639549629859')),
        ),
      ),
    ],
    ['GEOSEARCH Sicily FROMLONLAT 15 37 BYBOX 400 120 km ASC', array(bulk('Catania'), bulk('Agrigento'))],
    ['GEOSEARCH Sicily FROMMEMBER Palermo BYBOX 1 200 km ASC', array(bulk('Palermo'))],
    [
      'GEOSEARCH Sicily FROMMEMBER Palermo BYBOX 100 200 mi DESC WITHDIST',
      array(array(bulk('Agrigento'), bulk('56.5311')), array(bulk('Palermo'), bulk('0.0000'))),
    ],
    ['GEOSEARCH Sicily FROMMEMBER Palermo BYBOX 0 0 m', array(bulk('Palermo'))],
    [
      'GEOSEARCH Sicily FROMMEMBER Palermo BYBOX inf inf m ASC',
      array(bulk('Palermo'), bulk('Agrigento'), bulk('Catania')),
    ],
    ['GEOADD k 179.9 10 east -179.9 10 west 0 84.9 north 180 10 edge', int(4)],
    [
      'GEOSEARCH k FROMLONLAT 179.95 10 BYBOX 100 100 km ASC WITHDIST',
      array(array(bulk('east'), bulk('5.4769')), array(bulk('west'), bulk('16.4306'))),
    ],
    ['GEOSEARCH k FROMLONLAT -180 10 BYRADIUS 50 km ASC', array(bulk('east'), bulk('west'))],
    ['GEOSEARCH k FROMLONLAT 180 10 BYRADIUS 50 km ASC', array(bulk('edge'), bulk('east'))],
    [
      'GEOSEARCH k FROMLONLAT 90 85 BYRADIUS 1000 km ASC WITHDIST',
      array(array(bulk('north'), bulk('793.8777'))),
    ],
    ['GEOSEARCH k FROMLONLAT 0 0 BYRADIUS 30000 km ASC', array(bulk('north'), bulk('east'), bulk('west'))],
  ]),
  scenario('GEOSEARCH: what is refused', [
    [
      'GEOADD Sicily 13.361389 38.115556 Palermo 15.087269 37.502669 Catania 13.583333 37.316667 Agrigento',
      int(3),
    ],
    ['GEOSEARCH Sicily FROMLONLAT 15 37 BYBOX 400 -1 km', error('ERR height or width cannot be negative')],
    ['GEOSEARCH Sicily FROMLONLAT 15 37 BYBOX -1 4 km', error('ERR height or width cannot be negative')],
    ['GEOSEARCH Sicily FROMLONLAT 15 37 BYBOX x y km', error('ERR need numeric width')],
    ['GEOSEARCH Sicily FROMLONLAT 15 37 BYBOX 1 y km', error('ERR need numeric height')],
    ['GEOSEARCH Sicily FROMLONLAT 15 37 BYBOX -1 y km', error('ERR need numeric height')],
    [
      'GEOSEARCH Sicily FROMLONLAT 15 37 BYBOX 1 1 parsec',
      error('ERR unsupported unit provided. please use M, KM, FT, MI'),
    ],
    ['GEOSEARCH Sicily FROMLONLAT 15 37 BYRADIUS x km', error('ERR need numeric radius')],
    ['GEOSEARCH Sicily FROMLONLAT 15 37 BYRADIUS nan km', error('ERR need numeric radius')],
    ['GEOSEARCH Sicily FROMLONLAT 15 37 BYRADIUS 1e400 km', error('ERR need numeric radius')],
    ['GEOSEARCH Sicily FROMLONLAT 15 37 BYRADIUS -1 km', error('ERR radius cannot be negative')],
    [
      'GEOSEARCH Sicily FROMLONLAT 15 37 BYRADIUS 1 parsec',
      error('ERR unsupported unit provided. please use M, KM, FT, MI'),
    ],
    [
      'GEOSEARCH Sicily FROMLONLAT 15 97 BYRADIUS 1 km',
      error('ERR invalid longitude,latitude pair 15.000000,97.000000'),
    ],
    ['GEOSEARCH Sicily FROMLONLAT 15 x BYRADIUS 1 km', error('ERR value is not a valid float')],
    ['GEOSEARCH Sicily FROMMEMBER nosuch BYRADIUS 1 m', error('ERR could not decode requested zset member')],
    [
      'GEOSEARCH Sicily FROMLONLAT 15 37 ASC ASC',
      error('ERR exactly one of BYRADIUS and BYBOX can be specified for GEOSEARCH'),
    ],
    [
      'GEOSEARCH Sicily BYBOX 1 1 m ASC ASC',
      error('ERR exactly one of FROMMEMBER or FROMLONLAT can be specified for GEOSEARCH'),
    ],
    [
      'gEOSEARCH Sicily ASC ASC ASC DESC DESC',
      error('ERR exactly one of FROMMEMBER or FROMLONLAT can be specified for gEOSEARCH'),
    ],
    ['GEOSEARCH Sicily FROMLONLAT 15 37 BYBOX 1 1 m BYRADIUS 1 m', error('ERR syntax error')],
    ['GEOSEARCH Sicily FROMLONLAT 15 37 BYRADIUS 1 m BYBOX 1 1 m', error('ERR syntax error')],
    ['GEOSEARCH Sicily FROMLONLAT 15 37 FROMMEMBER Palermo BYRADIUS 1 m', error('ERR syntax error')],
    ['GEOSEARCH Sicily FROMMEMBER Palermo FROMLONLAT 15 37 BYRADIUS 1 m', error('ERR syntax error')],
    [
      'GEOSEARCH Sicily FROMMEMBER Palermo BYRADIUS 1',
      error("ERR wrong number of arguments for 'geosearch' command"),
    ],
    ['GEOSEARCH Sicily FROMMEMBER Palermo BYRADIUS 1 m FOO', error('ERR syntax error')],
    [
      'GEOSEARCH Sicily FROMMEMBER Palermo BYRADIUS 1 m ANY',
      error('ERR the ANY argument requires COUNT argument'),
    ],
    ['GEOSEARCH Sicily FROMMEMBER Palermo BYRADIUS 1 m COUNT 0', error('ERR COUNT must be > 0')],
    [
      'GEOSEARCH Sicily FROMMEMBER Palermo BYRADIUS 1 m COUNT x',
      error('ERR value is not an integer or out of range'),
    ],
    ['GEOSEARCH Sicily FROMMEMBER Palermo BYRADIUS 1 m COUNT', error('ERR syntax error')],
    ['GEOSEARCH Sicily FROMMEMBER Palermo BYRADIUS 1 m STORE x', error('ERR syntax error')],
    ['GEOSEARCH Sicily FROMMEMBER Palermo BYRADIUS 1 m STOREDIST', error('ERR syntax error')],
    ['GEOSEARCH missing FROMMEMBER Palermo BYRADIUS 1 m STOREDIST', error('ERR syntax error')],
    [
      'GEOSEARCH missing FROMLONLAT 15 37 ASC ASC',
      error('ERR exactly one of BYRADIUS and BYBOX can be specified for GEOSEARCH'),
    ],
    [
      'GEOSEARCH Sicily FROMMEMBER Palermo BYRADIUS m',
      error("ERR wrong number of arguments for 'geosearch' command"),
    ],
  ]),
  scenario('GEOSEARCHSTORE', [
    [
      'GEOADD Sicily 13.361389 38.115556 Palermo 15.087269 37.502669 Catania 13.583333 37.316667 Agrigento',
      int(3),
    ],
    ['GEOSEARCHSTORE to Sicily FROMLONLAT 15 37 BYRADIUS 200 km', int(3)],
    [
      'ZRANGE to 0 -1 WITHSCORES',
      pairs(
        [bulk('Agrigento'), double('3479030013248308')],
        [bulk('Palermo'), double('3479099956230698')],
        [bulk('Catania'), double('3479447370796909')],
      ),
    ],
    ['OBJECT ENCODING to', bulk('listpack')],
    ['GEOSEARCHSTORE to Sicily FROMLONLAT 15 37 BYBOX 400 400 km STOREDIST ASC COUNT 2', int(2)],
    [
      'ZRANGE to 0 -1 WITHSCORES',
      pairs(
        [bulk('Catania'), double('56.441257870158204')],
        [bulk('Agrigento'), double('130.42348706714702')],
      ),
    ],
    ['GEOSEARCHSTORE to Sicily FROMMEMBER Palermo BYRADIUS 100 mi STOREDIST', int(2)],
    [
      'ZRANGE to 0 -1 WITHSCORES',
      pairs([bulk('Palermo'), double('0')], [bulk('Agrigento'), double('56.531095690156235')]),
    ],
    ['GEOSEARCHSTORE to Sicily FROMLONLAT 0 0 BYRADIUS 1 m', int(0)],
    ['EXISTS to', int(0)],
    ['SET to v', ok],
    ['GEOSEARCHSTORE to missing FROMMEMBER nosuch BYRADIUS 1 m', int(0)],
    ['EXISTS to', int(0)],
    ['GEOSEARCHSTORE Sicily Sicily FROMMEMBER Palermo BYRADIUS 100 km', int(2)],
    ['ZRANGE Sicily 0 -1', array(bulk('Agrigento'), bulk('Palermo'))],
    ['GEOSEARCHSTORE to Sicily FROMLONLAT 15 37 BYRADIUS 200 km STORE x', error('ERR syntax error')],
    [
      'GEOSEARCHSTORE to Sicily FROMLONLAT 15 37 BYRADIUS 200 km WITHHASH',
      error('ERR GEOSEARCHSTORE is not compatible with WITHDIST, WITHHASH and WITHCOORD options'),
    ],
    [
      'GEOSEARCHSTORE to Sicily FROMLONLAT 15 37 BYRADIUS 200 km WITHDIST',
      error('ERR GEOSEARCHSTORE is not compatible with WITHDIST, WITHHASH and WITHCOORD options'),
    ],
    [
      'GEOSEARCHSTORE to Sicily FROMLONLAT 15 37 ASC DESC',
      error('ERR exactly one of BYRADIUS and BYBOX can be specified for GEOSEARCHSTORE'),
    ],
    [
      'GEOSEARCHSTORE to Sicily BYRADIUS 1 km ASC DESC',
      error('ERR exactly one of FROMMEMBER or FROMLONLAT can be specified for GEOSEARCHSTORE'),
    ],
    ['GEOSEARCHSTORE to Sicily FROMLONLAT 15 37 BYRADIUS 200', error('ERR syntax error')],
  ]),
  scenario('members at the same distance keep the order of the set, also of those that are asked for', [
    ['GEOADD k 1 1 a 1 1 b 1 1 c 1 1 d 1 1 e 1 1 f 1 1 g 1 1 h 1 1 i 1.1 1 j 1.1 1 k 1.1 1 l', int(12)],
    [
      'GEOSEARCH k FROMLONLAT 1 1 BYRADIUS 100 km ASC',
      array(
        bulk('a'),
        bulk('b'),
        bulk('c'),
        bulk('d'),
        bulk('e'),
        bulk('f'),
        bulk('g'),
        bulk('h'),
        bulk('i'),
        bulk('j'),
        bulk('k'),
        bulk('l'),
      ),
    ],
    [
      'GEOSEARCH k FROMLONLAT 1 1 BYRADIUS 100 km DESC',
      array(
        bulk('j'),
        bulk('k'),
        bulk('l'),
        bulk('a'),
        bulk('b'),
        bulk('c'),
        bulk('d'),
        bulk('e'),
        bulk('f'),
        bulk('g'),
        bulk('h'),
        bulk('i'),
      ),
    ],
    [
      'GEOSEARCH k FROMLONLAT 1 1 BYRADIUS 100 km COUNT 5',
      array(bulk('a'), bulk('b'), bulk('c'), bulk('d'), bulk('e')),
    ],
    [
      'GEOSEARCH k FROMLONLAT 1 1 BYRADIUS 100 km COUNT 5 DESC',
      array(bulk('j'), bulk('k'), bulk('l'), bulk('d'), bulk('e')),
    ],
    [
      'GEOSEARCH k FROMLONLAT 1 1 BYRADIUS 100 km COUNT 8 ANY',
      array(bulk('a'), bulk('b'), bulk('c'), bulk('d'), bulk('e'), bulk('f'), bulk('g'), bulk('h')),
    ],
  ]),
]);
