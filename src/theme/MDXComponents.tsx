import MDXComponents from '@theme-original/MDXComponents';
import { BeforeAfter } from '../components/BeforeAfter.tsx';
import { BrokenFixed } from '../components/BrokenFixed.tsx';
import { Diagram } from '../components/Diagram.tsx';
import { Measured } from '../components/Measured.tsx';
import { MeasuredOn } from '../components/MeasuredOn.tsx';
import { Scoreboard } from '../components/Scoreboard.tsx';
import { ScrollingTable } from '../components/ScrollingTable.tsx';
import { Snippet } from '../components/Snippet.tsx';
import { TableHead } from '../components/TableHead.tsx';

/** What a page may use without importing it. */
export default {
  ...MDXComponents,
  table: ScrollingTable,
  th: TableHead,
  BeforeAfter,
  BrokenFixed,
  Diagram,
  Scoreboard,
  Measured,
  MeasuredOn,
  Snippet,
};
