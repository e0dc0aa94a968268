import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { paragraphs, readLine, readMarkdown, writeLine, writeMarkdown } from './markdown'
import { hasImage, plainText, toHtml, toInlineHtml, toLine, toPlain } from './rich'

/** Pieces from which everything that Markdown could mistake is put together. */
const pieces = fc.constantFrom(
  ...'\\`*_[]()!|<>&#:;+-=~.1"\' \t\n'.split(''),
  '**',
  '`` ',
  '\n\n',
  '\n- ',
  '\n1. ',
  '\n3) ',
  '    ',
  '```\n',
  '[a](https://example.org)',
  '![a](https://example.org/a.png)',
  '&nbsp;',
  '&#10;',
  '\u00a0',
  '\u0007',
  'port',
  '443',
  '😀',
  '<b>',
  'é',
)
const nasty = fc.oneof(
  fc.array(pieces, { maxLength: 24 }).map((parts) => parts.join('')),
  fc.string({ unit: 'binary' }),
)

describe('Markdown in a question', () => {
  it('knows paragraphs, breaks, emphasis, code, lists and links', () => {
    const text =
      'One **strong** and *soft*,\nwith `ss -tan`.\n\n- a\n- b\n\n```\n$ ss\n```\n\n[RFC](https://www.rfc-editor.org/)'
    expect(toHtml(readMarkdown(text))).toBe(
      '<p>One <strong>strong</strong> and <em>soft</em>,<br/>with <code>ss -tan</code>.</p><ul><li>a</li><li>b</li></ul>' +
        '<pre>$ ss</pre><p><a href="https://www.rfc-editor.org/">RFC</a></p>',
    )
  })

  it('shows HTML, headings and tables as the text that was typed', () => {
    expect(toHtml(readMarkdown('<script>alert(1)</script> <none>'))).toBe(
      '<p>&lt;script&gt;alert(1)&lt;/script&gt; &lt;none&gt;</p>',
    )
    expect(toPlain(readMarkdown('# 443\n> 22\n\n| a | b |\n|---|---|'))).toBe('# 443\n> 22\n\n| a | b |\n|---|---|')
  })

  it('leads nowhere but to the web and to mail', () => {
    for (const to of ['javascript:alert(1)', 'data:text/html,x', 'vbscript:x', 'file:///etc/passwd', '//example.org'])
      expect(toHtml(readMarkdown(`[here](${to})`)), to).not.toContain('<a')
  })

  it('shows pictures only where they are allowed, and only from https', () => {
    const text = '![a door](https://example.org/door.png)'
    expect(toHtml(readMarkdown(text))).toBe('<p>a door</p>')
    expect(toHtml(readMarkdown(text, { images: true }))).toBe(
      '<p><img src="https://example.org/door.png" alt="a door"/></p>',
    )
    for (const from of ['http://example.org/a.png', 'data:image/png;base64,AAAA', 'a.png'])
      expect(hasImage(readMarkdown(`![x](${from})`, { images: true })), from).toBe(false)
  })

  it('never holds a tag that it does not know, whatever is typed', () => {
    fc.assert(
      fc.property(nasty, (text) => {
        const html = toHtml(readMarkdown(text, { images: true })) + toInlineHtml(readLine(text, { images: true }))
        expect(html.replaceAll(/<\/?(?:p|br\/|pre|code|strong|em|ul|ol|li)>|<\/a>/g, '')).not.toMatch(
          /<(?!a href="(?:https?|mailto):[^"<>]*">|img src="https:[^"<>]*" alt="[^"<>]*"\/>)/,
        )
      }),
      { numRuns: 2000 },
    )
  })

  it('is written so that it reads back as the same text, and mostly with the same form', () => {
    let same = 0
    let all = 0
    fc.assert(
      fc.property(nasty, (text) => {
        const rich = readMarkdown(text, { images: true })
        const back = readMarkdown(writeMarkdown(rich), { images: true })
        const words = (said: string) => said.replaceAll(/\s+/g, '')
        expect(words(toPlain(back))).toBe(words(toPlain(rich)))
        all += 1
        if (JSON.stringify(back) === JSON.stringify(rich)) same += 1
      }),
      { numRuns: 3000 },
    )
    expect(same / all).toBeGreaterThan(0.97)
  })

  it('keeps any plain text as it is when it is written as Markdown', () => {
    fc.assert(
      fc.property(nasty, (text) => {
        const rich = paragraphs(text.replaceAll(/\p{Cc}/gu, ' '))
        expect(readMarkdown(writeMarkdown(rich))).toEqual(rich)
        const line = plainText(text.replaceAll(/(?:\p{Cc}|\s)+/gu, ' ').trim())
        expect(readLine(writeLine(line))).toEqual(line)
      }),
      { numRuns: 2000 },
    )
  })

  it('is put on one line only where that changes nothing', () => {
    expect(toLine(readMarkdown('Which **port**?\nOf `ssh`.\n\nSay it.'))).toBe('Which port? Of ssh. Say it.')
    expect(toLine(readMarkdown('```\none line\n```'))).toBe('one line')
    expect(toLine(readMarkdown('See [the RFC](https://example.org/)'))).toBe('See the RFC (https://example.org/)')
    expect(toLine(readMarkdown('```\ntwo\nlines\n```'))).toBeUndefined()
    expect(toLine(readMarkdown('- a\n- b'))).toBeUndefined()
    expect(toLine(readMarkdown('![x](https://example.org/)', { images: true }))).toBeUndefined()
  })
})
