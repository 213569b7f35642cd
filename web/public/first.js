// Runs before the first paint, so that nobody is dazzled at night and the page is announced in its language.
// The same two keys are written by src/ui/theme.ts and src/ui/language.ts. A browser without storage follows the system.
;(function () {
  var stored = {}
  try {
    stored = { theme: localStorage.getItem('ny.theme'), language: localStorage.getItem('ny.language') }
  } catch (refused) {
    stored = { refused: refused }
  }
  var dark = stored.theme ? stored.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches
  document.documentElement.setAttribute('data-theme', dark ? 'dark' : 'light')
  if (stored.language === 'en') document.documentElement.lang = 'en'
})()
