import * as fc from 'fast-check';

/** Names that come near each rule, from both sides. */
const characters = fc.constantFrom(
  ...'abzAZ09.- _$%{}()\'~!^&#`é漢\u00a0\u0085"/\\:;|=,+*?<>@[]\t\u0000\u007f'.split(''),
);
const sized = (lengths: number[]): fc.Arbitrary<string> =>
  fc
    .tuple(fc.constantFrom(...lengths), fc.constantFrom('a', 'é', '.', 'a.', '-'))
    .map(([n, c]) => c.repeat(n));
const part = fc.oneof(
  fc.constantFrom(
    '',
    'ContainerUser',
    'CONTOSO',
    'contoso.example',
    '...',
    ' ',
    '-a',
    'a-',
    '.a',
    'NT AUTHORITY',
  ),
  fc.array(characters, {maxLength: 18}).map(all => all.join('')),
  sized([15, 16, 51, 52, 53, 63, 64, 103, 104, 105, 127, 128, 255, 256, 257]),
);
/** User names, legal or not. */
export const userName = fc.oneof(
  part,
  fc.tuple(part, part).map(parts => parts.join('\\')),
  fc.tuple(part, part, part).map(parts => parts.join('\\')),
);
