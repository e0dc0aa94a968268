import type { Block, Inline, Rich } from '../../exchange/rich'

/** Text with its form, as elements: nothing of it is ever read as HTML. */
export function RichText({ rich }: { readonly rich: Rich }) {
  return (
    <>
      {rich.map((block, index) => (
        <BlockView key={index} block={block} />
      ))}
    </>
  )
}

/** The same without a paragraph around it, where it is no more than one. */
export function RichLine({ rich }: { readonly rich: Rich }) {
  const [block, ...more] = rich
  return block?.kind === 'paragraph' && more.length === 0 ? <Inlines parts={block.of} /> : <RichText rich={rich} />
}

function BlockView({ block }: { readonly block: Block }) {
  switch (block.kind) {
    case 'paragraph':
      return (
        <p>
          <Inlines parts={block.of} />
        </p>
      )
    case 'lines':
      return <pre class="mono">{block.text}</pre>
    case 'list': {
      const items = block.items.map((item, index) => (
        <li key={index}>
          <RichLine rich={item} />
        </li>
      ))
      return block.ordered ? <ol>{items}</ol> : <ul>{items}</ul>
    }
  }
}

function Inlines({ parts }: { readonly parts: readonly Inline[] }) {
  return (
    <>
      {parts.map((part, index) => (
        <InlineView key={index} part={part} />
      ))}
    </>
  )
}

function InlineView({ part }: { readonly part: Inline }) {
  switch (part.kind) {
    case 'text':
      return <>{part.text}</>
    case 'code':
      return <code>{part.text}</code>
    case 'strong':
      return (
        <strong>
          <Inlines parts={part.of} />
        </strong>
      )
    case 'emphasis':
      return (
        <em>
          <Inlines parts={part.of} />
        </em>
      )
    case 'link':
      return (
        <a href={part.to} target="_blank" rel="noopener noreferrer">
          <Inlines parts={part.of} />
        </a>
      )
    case 'image':
      return <img src={part.from} alt={part.text} referrerpolicy="no-referrer" />
    case 'break':
      return <br />
  }
}
