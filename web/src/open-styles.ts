/** All styles of the public pages, so that a page that the server wrote has its look before any script has run. */
import './styles.css';
import './open.css';
import './components/a4-sheet.css';
import './components/audit/audit.css';
import './components/campaign/simulation.css';
import './components/item/form-sheet.css';
import './components/numbers.css';
import './components/oversight/report.css';
import './public/ceremony-wall.css';
