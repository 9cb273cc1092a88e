/** Text that a terminal, a Markdown reader, a drawing or a person might take for something else. */
export const HOSTILE =
  "\u001b[2J\u001b]0;pwned\u0007\u009b31m\r\n# Title\n| a | b |\n|---|---|\n```\n`code` <script>alert(1)</script> " +
  '"] --> x["<img src=x onerror=alert(1)>"]; click a href "javascript:alert(1)" %%{init: {}}%% ' +
  "<!-- @everyone ![x](https://evil.example/x.png) [ok](javascript:alert(1)) \u202egnirts\u202c\u200b\u2028 &amp;";

/** Control and formatting characters, but the end of a line. */
export const UNSEEN = /[^\n\P{Cc}]|\p{Cf}|\p{Zl}|\p{Zp}/u;
