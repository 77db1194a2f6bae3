// Puts the chosen theme on the page before it is painted, so that nobody is blinded at night by a white flash.
try {
  const chosen = localStorage.getItem("siaga.theme");
  if (chosen === "day" || chosen === "night") document.documentElement.dataset.theme = chosen;
} catch { /* storage may be forbidden; the page's own theme stays */ }
