//! Plots: curves on two logarithmic axes, as the text of an SVG picture.

use crate::sweep::Curve;
use std::fmt::Write;

const WIDTH: f64 = 720.0;
const HEIGHT: f64 = 420.0;
/// Room for the axes' words, left and below.
const LEFT: f64 = 64.0;
const BELOW: f64 = 48.0;
/// Room above, and at the right for the curves' names.
const ABOVE: f64 = 40.0;
const RIGHT: f64 = 190.0;

/// Told apart without colour too: each has its own dashes.
const STROKES: [(&str, &str); 6] = [
    ("#0b5fa5", ""),
    ("#b3441c", "8 4"),
    ("#3d7a2a", "2 3"),
    ("#7a3d8f", "10 3 2 3"),
    ("#555555", "4 4"),
    ("#8a6d00", "1 4"),
];

/// A picture of curves over `along`.
pub(crate) fn svg(title: &str, along: &str, curves: &[Curve]) -> String {
    let all = || curves.iter().flat_map(|curve| &curve.points);
    let horizontal = Axis::over(all().map(|(count, _)| *count as f64));
    let vertical = Axis::over(all().map(|(_, cost)| *cost));
    let at_x = |count: f64| LEFT + horizontal.part(count) * (WIDTH - LEFT - RIGHT);
    let at_y = |cost: f64| HEIGHT - BELOW - vertical.part(cost) * (HEIGHT - ABOVE - BELOW);
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" \
         font-family=\"sans-serif\" font-size=\"12\">\n\
         <rect width=\"{WIDTH}\" height=\"{HEIGHT}\" fill=\"white\"/>\n\
         <text x=\"{LEFT}\" y=\"22\" font-size=\"15\">{title}</text>\n"
    );
    for power in horizontal.powers() {
        let (x, bottom) = (at_x(power), HEIGHT - BELOW);
        let _ = writeln!(
            out,
            "<path d=\"M{x:.1} {ABOVE}V{bottom}\" stroke=\"#ddd\"/>\
             <text x=\"{x:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{power}</text>",
            bottom + 18.0,
        );
    }
    for power in vertical.powers() {
        let (y, right) = (at_y(power), WIDTH - RIGHT);
        let _ = writeln!(
            out,
            "<path d=\"M{LEFT} {y:.1}H{right}\" stroke=\"#ddd\"/>\
             <text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"end\">{power}</text>",
            LEFT - 6.0,
            y + 4.0,
        );
    }
    let middle = f64::midpoint(LEFT, WIDTH - RIGHT);
    let _ = writeln!(
        out,
        "<text x=\"{middle}\" y=\"{}\" text-anchor=\"middle\">{along}</text>\n\
         <text x=\"{LEFT}\" y=\"36\">µs of processor time</text>",
        HEIGHT - 10.0,
    );
    for (number, curve) in curves.iter().enumerate() {
        let (colour, dashes) = STROKES[number % STROKES.len()];
        let points: Vec<String> = curve
            .points
            .iter()
            .map(|(count, cost)| format!("{:.1},{:.1}", at_x(*count as f64), at_y(*cost)))
            .collect();
        let y = ABOVE + 16.0 + 20.0 * number as f64;
        let x = WIDTH - RIGHT + 12.0;
        let style = format!(
            "fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\" stroke-dasharray=\"{dashes}\""
        );
        let _ = writeln!(
            out,
            "<polyline points=\"{}\" {style}/>\n<path d=\"M{x} {:.1}h28\" {style}/>\
             <text x=\"{}\" y=\"{y:.1}\">{}</text>",
            points.join(" "),
            y - 4.0,
            x + 34.0,
            curve.name,
        );
    }
    out.push_str("</svg>\n");
    out
}

/// A logarithmic axis from one power of ten to another.
struct Axis {
    from: i32,
    to: i32,
}

impl Axis {
    fn over(values: impl Iterator<Item = f64> + Clone) -> Self {
        let from = values.clone().fold(f64::MAX, f64::min).log10().floor() as i32;
        let to = values.fold(0.0, f64::max).log10().ceil() as i32;
        Self { from, to: to.max(from + 1) }
    }

    /// How far along the axis a value is, from 0 to 1.
    fn part(&self, value: f64) -> f64 {
        (value.log10() - f64::from(self.from)) / f64::from(self.to - self.from)
    }

    fn powers(&self) -> impl Iterator<Item = f64> {
        (self.from..=self.to).map(|power| 10_f64.powi(power))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_curve_is_drawn_and_named() {
        let curve = |name: &str, points| Curve { name: name.to_owned(), points };
        let curves = [
            curve("one", vec![(10, 0.5), (10_000, 5.0)]),
            curve("two", vec![(10, 1.0), (10_000, 2.0)]),
        ];
        let svg = svg("Costs", "members", &curves);
        assert_eq!(svg.matches("<polyline").count(), 2);
        assert!(svg.contains(">one</text>") && svg.contains(">two</text>"));
        // The axes go from 0.1 to 10 and from 10 to 10,000: these are their corners.
        let left = format!("points=\"{LEFT:.1},");
        assert!(svg.contains(&left) && svg.contains(&format!("{:.1},", WIDTH - RIGHT)));
    }
}
