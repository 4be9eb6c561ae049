export { Summary } from "../../ui/summary.tsx";
