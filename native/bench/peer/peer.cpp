#include "peer.hpp"

#include <algorithm>
#include <cmath>
#include <mutex>
#include <opencv2/imgproc.hpp>
#include <polyclipping/clipper.hpp>

namespace bench {
namespace {

struct Quad {
  cv::Point2f corners[4];
  float side = 0;
};

Quad mini_box(const cv::RotatedRect& rect) {
  cv::Point2f p[4];
  rect.points(p);
  std::stable_sort(p, p + 4, [](const cv::Point2f& a, const cv::Point2f& b) { return a.x < b.x; });
  const bool left_down = p[1].y > p[0].y;
  const bool right_down = p[3].y > p[2].y;
  return {{left_down ? p[0] : p[1], right_down ? p[2] : p[3], right_down ? p[3] : p[2], left_down ? p[1] : p[0]},
          std::min(rect.size.width, rect.size.height)};
}

double score(const cv::Mat& map, const Quad& box) {
  const auto xs = std::minmax({box.corners[0].x, box.corners[1].x, box.corners[2].x, box.corners[3].x});
  const auto ys = std::minmax({box.corners[0].y, box.corners[1].y, box.corners[2].y, box.corners[3].y});
  const int x0 = std::clamp(static_cast<int>(std::floor(xs.first)), 0, map.cols - 1);
  const int x1 = std::clamp(static_cast<int>(std::ceil(xs.second)), 0, map.cols - 1);
  const int y0 = std::clamp(static_cast<int>(std::floor(ys.first)), 0, map.rows - 1);
  const int y1 = std::clamp(static_cast<int>(std::ceil(ys.second)), 0, map.rows - 1);
  cv::Mat mask = cv::Mat::zeros(y1 - y0 + 1, x1 - x0 + 1, CV_8U);
  cv::Point points[4];
  for (int i = 0; i < 4; ++i) {
    points[i] = {static_cast<int>(box.corners[i].x - static_cast<float>(x0)),
                 static_cast<int>(box.corners[i].y - static_cast<float>(y0))};
  }
  cv::fillPoly(mask, std::vector<std::vector<cv::Point>>{{points, points + 4}}, 1);
  return cv::mean(map(cv::Rect(x0, y0, x1 - x0 + 1, y1 - y0 + 1)), mask)[0];
}

std::vector<cv::Point> unclipped(const Quad& box, double ratio) {
  double area = 0;
  double length = 0;
  ClipperLib::Path path;
  for (int i = 0; i < 4; ++i) {
    const cv::Point2f a = box.corners[i];
    const cv::Point2f b = box.corners[(i + 1) % 4];
    area += static_cast<double>(a.x) * b.y - static_cast<double>(b.x) * a.y;
    length += std::hypot(a.x - b.x, a.y - b.y);
    path.emplace_back(static_cast<ClipperLib::cInt>(a.x), static_cast<ClipperLib::cInt>(a.y));
  }
  ClipperLib::ClipperOffset offset;
  offset.AddPath(path, ClipperLib::jtRound, ClipperLib::etClosedPolygon);
  ClipperLib::Paths solution;
  offset.Execute(solution, std::abs(area) / 2 * ratio / length);
  std::vector<cv::Point> points;
  if (solution.size() == 1) {
    for (const auto& p : solution[0]) points.emplace_back(static_cast<int>(p.X), static_cast<int>(p.Y));
  }
  return points;
}

}  // namespace

std::vector<PeerBox> peer_boxes(thresher::MapView view, const thresher::PostprocessOptions& options) {
  // Once, because OpenCV rebuilds its pool of threads on every call, which must not be in use then.
  static std::once_flag threads_are_set;
  std::call_once(threads_are_set, [] { cv::setNumThreads(1); });
  const cv::Mat map(view.height, view.width, CV_32F, const_cast<float*>(view.data));
  const cv::Mat bitmap = map > static_cast<float>(options.thresh);
  std::vector<std::vector<cv::Point>> contours;
  cv::findContours(bitmap, contours, cv::RETR_LIST, cv::CHAIN_APPROX_SIMPLE);
  contours.resize(std::min(contours.size(), static_cast<std::size_t>(options.max_candidates)));
  std::vector<PeerBox> boxes;
  for (const auto& contour : contours) {
    const Quad box = mini_box(cv::minAreaRect(contour));
    if (box.side < options.min_size) continue;
    const double mean = score(map, box);
    if (options.box_thresh > mean) continue;
    const auto outline = unclipped(box, options.unclip_ratio);
    if (outline.empty()) continue;
    const Quad grown = mini_box(cv::minAreaRect(outline));
    if (grown.side < options.min_size + 2) continue;
    PeerBox out{};
    out.score = mean;
    for (int i = 0; i < 4; ++i) {
      out.x[i] = std::clamp<double>(std::nearbyint(grown.corners[i].x), 0, map.cols);
      out.y[i] = std::clamp<double>(std::nearbyint(grown.corners[i].y), 0, map.rows);
    }
    boxes.push_back(out);
  }
  return boxes;
}

}  // namespace bench
